/** Debian's Chromium as people have it on their desks. */
import type { BrowserContextOptions, LaunchOptions } from "@playwright/test";

export const launchOptions: LaunchOptions = {
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Browsers under remote control are no visitors; the people of these tests are, so theirs says nothing of its driver.
    "--disable-blink-features=AutomationControlled",
  ],
};

/** What a headless browser says of itself would keep it out of the table, as it should (`specs/privacy.spec.ts`). */
export const desktopUserAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

export const phoneUserAgent =
  "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36";

export const desktop: BrowserContextOptions = {
  userAgent: desktopUserAgent,
  viewport: { width: 1440, height: 900 },
  locale: "en-GB",
  timezoneId: "Europe/Oslo",
  colorScheme: "light",
  reducedMotion: "reduce",
};

export const phone: BrowserContextOptions = {
  ...desktop,
  userAgent: phoneUserAgent,
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};
