/** Somebody in the shop: a browser of their own, and what they do with it. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { desktop } from "../browser.ts";
import { collectComplaints } from "./complaints.ts";

export type MessageState = "Not sent yet" | "Sent" | "Delivered" | "Read" | "已发送" | "已读";

export interface VisitorOptions {
  /** Where the shop stands: `http://127.0.0.1:8080`. */
  readonly shop: string;
  readonly browser: Browser;
  readonly context?: BrowserContextOptions;
}

/** The words of the widget that these tests look for. */
const english = {
  openChat: /^Open chat/,
  closeChat: "Close chat",
  write: "Write a message",
  send: "Send",
  dismiss: "Dismiss for good",
};
const chinese: typeof english = {
  openChat: /^打开聊天/,
  closeChat: "关闭聊天",
  write: "输入消息",
  send: "发送",
  dismiss: "不再显示",
};

export class Visitor {
  readonly context: BrowserContext;
  readonly shop: string;
  /** The tab that they look at. */
  page: Page;
  /** What pages wrote to the console and threw, without the browser's own notes on broken connections. */
  readonly complaints: string[] = [];
  readonly #words: typeof english;
  readonly #browser: Browser;
  readonly #contextOptions: BrowserContextOptions;

  private constructor(options: VisitorOptions, context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    this.shop = options.shop;
    this.#browser = options.browser;
    this.#contextOptions = { ...desktop, ...options.context };
    this.#words = options.context?.locale?.startsWith("zh") ? chinese : english;
    context.on("page", (opened) => collectComplaints(opened, this.complaints));
    collectComplaints(page, this.complaints);
  }

  static async comes(options: VisitorOptions): Promise<Visitor> {
    const context = await options.browser.newContext({ ...desktop, ...options.context });
    return new Visitor(options, context, await context.newPage());
  }

  // ------------------------------------------------------------- walking

  async opens(path: string, from?: string): Promise<void> {
    await this.page.goto(this.shop + path, from === undefined ? {} : { referer: from });
  }

  async follows(link: string | RegExp): Promise<void> {
    const found = this.page.getByRole("link", { name: link }).first();
    const address = await found.evaluate((element) => (element as HTMLAnchorElement).href);
    await found.click();
    await this.page.waitForURL(address);
  }

  async reloads(): Promise<void> {
    await this.page.reload();
  }

  async opensAnotherTab(path: string): Promise<void> {
    this.page = await this.context.newPage();
    await this.opens(path);
  }

  async looksAt(tab: Page): Promise<void> {
    this.page = tab;
    await tab.bringToFront();
  }

  /** Closes the browser. */
  async leaves(): Promise<void> {
    await this.context.close();
  }

  /** The same device on another day: what the browser kept on disk is there, and nothing else. */
  async comesBack(): Promise<Visitor> {
    const storageState = await this.context.storageState();
    await this.context.close();
    return Visitor.comes({
      shop: this.shop,
      browser: this.#browser,
      context: { ...this.#contextOptions, storageState },
    });
  }

  /** As a customer of the shop, whom its server signs. */
  async signsInToTheShop(customer: "henrik" | "siyuan" | "priya"): Promise<void> {
    await this.opens("/demo/account/");
    await this.page.locator(`[data-customer=${customer}]`).click();
    await expect(this.page.locator("[data-signed-in]")).toBeVisible();
  }

  /** A browser that forbids the page every place where something could be kept, as some do by setting, and others inside frames. */
  async keepsNothing(): Promise<void> {
    await this.context.addInitScript(() => {
      const refuse = () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      };
      for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
        Object.defineProperty(window, name, { get: refuse });
      }
      Object.defineProperty(Document.prototype, "cookie", { get: refuse, set: refuse });
    });
  }

  async losesTheNetwork(): Promise<void> {
    await this.context.setOffline(true);
  }

  async hasTheNetworkAgain(): Promise<void> {
    await this.context.setOffline(false);
  }

  // ------------------------------------------------------------- the chat

  get launcher(): Locator {
    return this.page
      .frameLocator('iframe[title="Open chat"], iframe[title="打开聊天"]')
      .getByRole("button", { name: this.#words.openChat });
  }

  get panel(): Locator {
    return this.page.frameLocator('iframe[title="Northslope"], iframe[title="Messages"]').getByRole("dialog");
  }

  get log(): Locator {
    return this.panel.getByRole("log");
  }

  get field(): Locator {
    return this.panel.getByRole("textbox", { name: this.#words.write });
  }

  get invitation(): Locator {
    return this.page.frameLocator('iframe[title^="Message from"], iframe[title$="发来的消息"]').getByRole("region");
  }

  async opensTheChat(): Promise<void> {
    await this.launcher.click();
    await expect(this.field).toBeFocused();
  }

  async closesTheChat(): Promise<void> {
    await this.panel.getByRole("button", { name: this.#words.closeChat }).click();
    await expect(this.panel).toBeHidden();
  }

  async types(text: string): Promise<void> {
    await this.field.pressSequentially(text);
  }

  /** Types and sends, as most people do. */
  async writes(text: string): Promise<void> {
    if (!(await this.panel.isVisible())) await this.opensTheChat();
    await this.field.fill(text);
    await this.field.press("Enter");
    await expect(this.field).toHaveValue("");
  }

  message(text: string): Locator {
    return this.log.locator(".message").filter({ hasText: text });
  }

  async sees(text: string | RegExp): Promise<void> {
    await expect(this.panel.getByText(text).first()).toBeVisible();
  }

  async doesNotSee(text: string | RegExp): Promise<void> {
    await expect(this.panel.getByText(text).filter({ visible: true })).toHaveCount(0);
  }

  /** The state below one's own newest message. */
  async seesItsMessageAs(state: MessageState, text: string): Promise<void> {
    await expect(this.message(text).last().locator(".meta")).toContainText(state);
  }

  /** All bubbles in their order, each as its speaker and words. */
  async seesTheConversation(expected: readonly string[]): Promise<void> {
    await expect(this.log.locator(".bubble")).toHaveText([...expected]);
  }

  /** Up and up, page by page. */
  async scrollsUpTo(text: string): Promise<void> {
    await expect(async () => {
      await this.log.evaluate((log) => log.scrollTo(0, 0));
      await expect(this.message(text)).toHaveCount(1, { timeout: 500 });
    }).toPass();
  }

  // ------------------------------------------------------------- invitations

  async isInvited(by: string, text: string): Promise<void> {
    await expect(this.invitation).toBeVisible();
    await expect(this.invitation).toContainText(by);
    await expect(this.invitation).toContainText(text);
  }

  async answersTheInvitation(): Promise<void> {
    await this.invitation.getByRole("button", { name: /^(Answer|回复) / }).click();
    await expect(this.field).toBeFocused();
  }

  async dismissesTheInvitation(): Promise<void> {
    await this.invitation.getByRole("button", { name: this.#words.dismiss }).click();
    await expect(this.invitation).toHaveCount(0);
  }

  // ------------------------------------------------------------- what the site does in their name

  /** `Beckon(command, …values)` on the page. */
  async hasThePageSay(command: string, ...values: unknown[]): Promise<void> {
    await this.page.evaluate(
      ([name, rest]) => {
        const { Beckon } = window as unknown as { Beckon: (name: string, ...rest: unknown[]) => void };
        Beckon(name, ...rest);
      },
      [command, values] as const,
    );
  }

  /** Ends the session of this person; gives what could not be sent. */
  async isShutDown(): Promise<string[]> {
    return this.page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          const { Beckon } = window as unknown as { Beckon: (name: string, done: (unsent: string[]) => void) => void };
          Beckon("shutdown", done);
        }),
    );
  }

  /** Keys and cookies that this browser keeps for the shop, other than the shop's own. */
  async keepsOnTheDevice(): Promise<string[]> {
    const ours = await this.page.evaluate(() =>
      [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => !key.startsWith("northslope.")),
    );
    const cookies = await this.context.cookies();
    const databases = await this.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ""));
    return [...ours, ...cookies.map(({ name }) => name), ...databases];
  }
}
