import type { Page } from "@playwright/test";

/** Adds what the page writes to the console and throws, without the browser's own notes on broken connections. */
export function collectComplaints(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (!/^(Failed to load resource|WebSocket connection to)/.test(message.text())) complaints.push(message.text());
  });
}
