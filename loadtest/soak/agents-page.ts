/**
 * The agents' page in Chromium, open all the time: it looks into one conversation after another while messages come in, and rests in the
 * settings while its memory is looked at, so that what is on the screen does not count.
 */
import { type CDPSession, chromium } from "@playwright/test";

export interface AgentsPage {
  /** After a forced collection. */
  look(): Promise<PageFigures>;
  /** What it wrote to its console, and errors. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

export interface PageFigures {
  /** Bytes of living objects. */
  readonly heap: number;
  /** Of the document, with what is not in the tree any more and still held. */
  readonly nodes: number;
  readonly listeners: number;
}

const looksInMs = 7000;
const browser = {
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
};

export async function openAgentsPage(url: string, login: { email: string; password: string }): Promise<AgentsPage> {
  const chrome = await chromium.launch(browser);
  const page = await chrome.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(`${url}/admin/`);
  await page.getByRole("textbox", { name: "E-mail" }).fill(login.email);
  await page.getByLabel("Password").fill(login.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("region", { name: "Connection" }).getByText("Connected").waitFor();
  await page.goto(`${url}/admin/#/inbox`);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const conversations = page.getByLabel("Conversations", { exact: true }).getByRole("listitem");
  const look = (): void =>
    void conversations
      .first()
      .click({ timeout: looksInMs })
      .catch(() => undefined);
  const timer = setInterval(look, looksInMs);
  return {
    complaints,
    async look() {
      await page.goto(`${url}/admin/#/settings`);
      await page.getByLabel("Present password").waitFor();
      await session.send("HeapProfiler.collectGarbage");
      const figures = await figuresOf(session);
      await page.goto(`${url}/admin/#/inbox`);
      return figures;
    },
    async stop() {
      clearInterval(timer);
      await chrome.close();
    },
  };
}

async function figuresOf(session: CDPSession): Promise<PageFigures> {
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string): number => metrics.find((entry) => entry.name === name)?.value ?? Number.NaN;
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
}
