/** Somebody on `/demo/unplug`, who has two people write to each other and breaks what is between them. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect as expectAtOnce,
  type Locator,
  type Page,
} from "@playwright/test";
import { desktop } from "../browser.ts";
import { collectComplaints } from "./complaints.ts";

/** A page that was refused while a gateway starts waits for up to 30 s before it asks again, and then again. */
const expect = expectAtOnce.configure({ timeout: 240_000 });

export const breakable = ["cable", "gateway", "database", "disk"] as const;
type Switch = "writing" | (typeof breakable)[number];

/** In both languages. */
const names: Readonly<Record<Switch, RegExp>> = {
  writing: /^(Keep writing|不停地写)$/,
  cable: /^(Cut the cable|剪断网线)$/,
  gateway: /^(Stop the gateway|停掉网关)$/,
  database: /^(Freeze the database|冻结数据库)$/,
  disk: /^(Fill the disk|写满磁盘)$/,
};

const sides = ["visitor", "agent"] as const;
export type Side = (typeof sides)[number];
type Column = "written" | "stored" | Side;

export interface OnlookerOptions {
  /** Where the demo is: `http://127.0.0.1:8080`. */
  readonly demo: string;
  readonly browser: Browser;
  readonly context?: BrowserContextOptions;
}

export class Onlooker {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: string[] = [];
  readonly #demo: string;

  private constructor(demo: string, context: BrowserContext, page: Page) {
    this.#demo = demo;
    this.context = context;
    this.page = page;
    collectComplaints(page, this.complaints);
  }

  static async comes({ demo, browser, context }: OnlookerOptions): Promise<Onlooker> {
    const own = await browser.newContext({ ...desktop, ...context });
    return new Onlooker(demo, own, await own.newPage());
  }

  /** Both people are connected. */
  async opensThePage(path = "/demo/unplug/"): Promise<void> {
    await this.page.goto(this.#demo + path);
    await this.#isReady();
  }

  async reloads(): Promise<void> {
    await this.page.reload();
    await this.#isReady();
  }

  async #isReady(): Promise<void> {
    await expect(this.page.locator("body[data-ready]")).toBeVisible();
    // A number that comes and goes again would be a fault too.
    await this.page.evaluate(() => {
      const told: string[] = [];
      const faults = document.querySelector(".faults") as Element;
      new MutationObserver(() => told.push(faults.textContent ?? "")).observe(faults, {
        subtree: true,
        characterData: true,
        childList: true,
      });
      Object.assign(window, { told });
    });
  }

  async turns(which: Switch, on: boolean): Promise<void> {
    const wanted = this.page.getByRole("switch", { name: names[which] });
    await wanted.click();
    await expect(wanted).toHaveAttribute("aria-checked", String(on));
  }

  async counted(side: Side, column: Column): Promise<number> {
    return Number(await this.page.locator(`[data-count="${side} ${column}"]`).textContent());
  }

  /** Until each side has written so many more. */
  async seesMoreWritten(messages: number): Promise<void> {
    for (const side of sides) {
      const before = await this.counted(side, "written");
      await expect.poll(() => this.counted(side, "written")).toBeGreaterThanOrEqual(before + messages);
    }
  }

  /** Until so many of the visitor's are written and not stored: the trouble has met them. */
  async seesWaiting(messages: number): Promise<void> {
    await expect
      .poll(async () => (await this.counted("visitor", "written")) - (await this.counted("visitor", "stored")))
      .toBeGreaterThanOrEqual(messages);
  }

  /** The page says so each time when what waited for the end of a trouble is stored and on both screens. */
  async seesCaughtUp(times: number): Promise<void> {
    await expect(this.page.getByRole("log").getByText("stored, and on both screens")).toHaveCount(times);
  }

  async seesAllThere(): Promise<void> {
    await expect(this.page.getByText(/^All \d+ are stored, and on both screens$/)).toBeVisible();
  }

  /** Lost, doubled and out of order are 0 on the page, and were at every moment since it was loaded. */
  async sawNoFault(): Promise<void> {
    await expect(this.page.locator(".faults dd")).toHaveText(["0", "0", "0"]);
    const told = await this.page.evaluate(() => (window as unknown as { told: string[] }).told);
    expect(told.filter((text) => /[1-9]/.test(text))).toEqual([]);
  }

  /** The words of all bubbles on somebody's screen, without the speakers that are there for the ear. */
  async screenOf(side: Side): Promise<string[]> {
    const bubbles = await this.#screen(side).allTextContents();
    return bubbles.map((text) => text.replace(/^[^:]*: /, ""));
  }

  #screen(side: Side): Locator {
    const frame = this.page.frameLocator(`[data-frame=${side}]`);
    return side === "agent"
      ? frame.getByRole("log").locator(".bubble")
      : frame.frameLocator('iframe[title="Northslope"]').getByRole("log").locator(".bubble");
  }
}

/** Each of the four in turn while both sides write; then both stop, and all is there. */
export async function breaksEachInTurn(onlooker: Onlooker): Promise<void> {
  await onlooker.turns("writing", true);
  await onlooker.seesMoreWritten(3);
  for (const [index, name] of breakable.entries()) {
    await onlooker.turns(name, true);
    await onlooker.seesWaiting(5);
    await onlooker.turns(name, false);
    await onlooker.seesCaughtUp(index + 1);
    await onlooker.seesMoreWritten(2);
  }
  await onlooker.turns("writing", false);
  await onlooker.seesAllThere();
}
