/** Somebody on the agents' page. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import { desktop } from "../browser.ts";
import type { Login } from "../gateway-process.ts";
import { collectComplaints } from "./complaints.ts";

export interface AgentOptions {
  readonly gateway: string;
  readonly browser: Browser;
  readonly login: Login;
  readonly context?: BrowserContextOptions;
}

export type MessageState = "Not sent yet" | "Sent" | "Delivered" | "Read";

export class Agent {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly complaints: string[] = [];
  readonly #gateway: string;
  readonly #login: Login;

  private constructor(options: AgentOptions, context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    this.#gateway = options.gateway;
    this.#login = options.login;
    collectComplaints(page, this.complaints);
  }

  /** Opens the page; the sign-in stands there. */
  static async comes(options: AgentOptions): Promise<Agent> {
    const context = await options.browser.newContext({ ...desktop, ...options.context });
    const agent = new Agent(options, context, await context.newPage());
    await agent.page.goto(`${options.gateway}/admin/`);
    return agent;
  }

  // ------------------------------------------------------------- coming and going

  async signsIn(password = this.#login.password): Promise<void> {
    await this.page.getByRole("textbox", { name: "E-mail" }).fill(this.#login.email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    // The button stood where the table is now, and the table holds its order under the pointer.
    await this.page.mouse.move(0, 0);
  }

  async isIn(): Promise<void> {
    await expect(this.statusLine).toContainText("Connected");
  }

  async signsOut(): Promise<void> {
    await this.page.getByRole("button", { name: /: menu$/ }).click();
    await this.page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(this.page.getByRole("heading", { name: "Sign in to Beckon" })).toBeVisible();
  }

  async savesTheSettings(): Promise<void> {
    await this.page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(this.page.getByRole("status").getByText("Saved")).toBeVisible();
  }

  /** The one that it came with. */
  get password(): string {
    return this.#login.password;
  }

  /** In the settings. */
  async changesThePassword(present: string, next: string): Promise<void> {
    await this.page.getByLabel("Present password").fill(present);
    await this.page.getByLabel("New password").fill(next);
    await this.page.getByRole("button", { name: "Change password" }).click();
  }

  /** Keys and cookies of this browser, without the choice of language and theme. */
  async keepsOnTheDevice(): Promise<string[]> {
    const keys = await this.page.evaluate(async () => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()).map(({ name }) => name ?? ""),
    ]);
    const cookies = await this.context.cookies();
    return [...keys, ...cookies.map(({ name }) => name)].filter((key) => key !== "beckon/preferences");
  }

  async reloads(): Promise<void> {
    await this.page.reload();
    await this.isIn();
  }

  async leaves(): Promise<void> {
    await this.context.close();
  }

  async goesTo(place: "visitors" | "inbox" | "inbox/closed" | "settings"): Promise<void> {
    await this.page.goto(`${this.#gateway}/admin/#/${place}`);
  }

  get statusLine(): Locator {
    return this.page.getByRole("region", { name: "Connection" });
  }

  // ------------------------------------------------------------- visitors

  get table(): Locator {
    return this.page.getByRole("grid", { name: "Visitors" });
  }

  /** The row of a visitor by name, or by anything else that stands in it. */
  row(words: string | RegExp): Locator {
    return this.table.locator("[role=row][data-key]").filter({ hasText: words });
  }

  /** Who is on the site; those who have just left are not. */
  get rows(): Locator {
    return this.table.locator("[role=row][data-key]");
  }

  async seesOnTheSite(words: string | RegExp): Promise<void> {
    await expect(this.row(words)).toHaveCount(1);
  }

  /** New or returning: the number of visits with this one, or "–" where that is not known. */
  async seesVisits(words: string | RegExp, number: string): Promise<void> {
    await expect(this.row(words).locator(".cell-visits")).toHaveText(number);
  }

  async seesNobody(): Promise<void> {
    await expect(this.page.getByText("0 on site")).toBeVisible();
  }

  async looksInto(words: string | RegExp): Promise<void> {
    await this.row(words).click();
    await expect(this.peek).toBeVisible();
  }

  get peek(): Locator {
    return this.page.getByRole("complementary", { name: "Visitor" });
  }

  /** Titles of the visit's pages, oldest first. */
  async seesTheTrail(titles: readonly string[]): Promise<void> {
    await expect(this.peek.locator("ol li .trail-title > span")).toHaveText([...titles]);
  }

  async invites(words: string | RegExp, text: string): Promise<void> {
    if (!(await this.peek.isVisible())) await this.looksInto(words);
    await this.peek.getByRole("button", { name: "Invite" }).click();
    await this.peek.getByRole("textbox", { name: /^Invitation/ }).fill(text);
    await this.peek.getByRole("button", { name: "Send invitation" }).click();
  }

  async seesTheInvitationAs(state: "Sent" | "Delivered" | "Seen" | "Answered" | "Dismissed"): Promise<void> {
    await expect(this.peek.locator(".invitation-state")).toContainText(state);
  }

  // ------------------------------------------------------------- inbox

  get list(): Locator {
    return this.page.getByLabel("Conversations", { exact: true });
  }

  group(name: "Waiting" | "Mine" | "Others" | "Closed"): Locator {
    return this.list.getByRole("region", { name, exact: true });
  }

  async sees(words: string | RegExp, group: "Waiting" | "Mine" | "Others" | "Closed"): Promise<void> {
    if (group === "Closed") await this.unfoldsTheClosed();
    await expect(this.group(group).getByRole("listitem").filter({ hasText: words })).toHaveCount(1);
  }

  async unfoldsTheClosed(): Promise<void> {
    const fold = this.group("Closed").getByRole("button", { name: "Closed" });
    if ((await fold.getAttribute("aria-expanded")) === "false") await fold.click();
  }

  async opens(words: string | RegExp): Promise<void> {
    if (!/#\/(inbox|conversation)/.test(this.page.url())) await this.goesTo("inbox");
    await this.list.getByRole("listitem").filter({ hasText: words }).click();
    await expect(this.conversation).toBeVisible();
  }

  // ------------------------------------------------------------- conversation

  get conversation(): Locator {
    return this.page.getByRole("main", { name: /^Conversation with/ });
  }

  get log(): Locator {
    return this.conversation.getByRole("log", { name: "Messages" });
  }

  get field(): Locator {
    return this.conversation.getByRole("textbox", { name: /^Write to/ });
  }

  get noteField(): Locator {
    return this.conversation.getByRole("textbox", { name: /^Private note/ });
  }

  get takeButton(): Locator {
    return this.conversation.getByRole("button", { name: "Take" });
  }

  async takes(): Promise<void> {
    await this.takeButton.click();
  }

  /** An entry of a menu. */
  async chooses(menu: string, entry: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name: menu }).click();
    await this.page.getByRole("menuitem", { name: entry }).click();
  }

  /** Everything about the visitor of the open conversation. */
  get details(): Locator {
    return this.page.getByRole("complementary", { name: "Visitor" });
  }

  async writes(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
    await expect(this.field).toHaveValue("");
  }

  async types(text: string): Promise<void> {
    await this.field.pressSequentially(text);
  }

  async notes(text: string): Promise<void> {
    await this.conversation.getByRole("button", { name: "Private note" }).click();
    await this.noteField.fill(text);
    await this.conversation.getByRole("button", { name: "Save note" }).click();
    await expect(this.bubble(text).last()).toBeVisible();
  }

  async goesBackToReply(): Promise<void> {
    await this.conversation.getByRole("button", { name: "Reply" }).click();
  }

  async closes(): Promise<void> {
    await this.conversation.getByRole("button", { name: "Close" }).click();
  }

  bubble(text: string | RegExp): Locator {
    return this.log.locator(".bubble").filter({ hasText: text });
  }

  async reads(text: string | RegExp): Promise<void> {
    await expect(this.bubble(text)).toBeVisible();
  }

  async seesItsMessageAs(state: MessageState, text: string): Promise<void> {
    await expect(
      this.log.locator("[data-item]").filter({ hasText: text }).locator(".bubble-meta").getByLabel(state),
    ).toBeVisible();
  }

  /** The words of all bubbles in their order. */
  async seesTheConversation(expected: readonly string[]): Promise<void> {
    await expect(this.bubble("")).toHaveText([...expected]);
  }

  /** Up and up, page by page. */
  async scrollsUpTo(text: string): Promise<void> {
    await expect(async () => {
      await this.log.evaluate((log) => log.scrollTo(0, 0));
      await expect(this.bubble(text)).toHaveCount(1, { timeout: 500 });
    }).toPass();
  }

  // ------------------------------------------------------------- search

  async searches(text: string): Promise<Locator> {
    await this.page.keyboard.press("Control+k");
    const field = this.page.getByRole("combobox", { name: "Search or jump" });
    await field.fill(text);
    return this.page.getByRole("listbox", { name: "Search or jump" });
  }

  /** Leaves it whatever `seen` comes to. */
  async leavesTheSearchWhen(seen: () => Promise<void>): Promise<void> {
    try {
      await seen();
    } finally {
      await this.leavesTheSearch();
    }
  }

  async leavesTheSearch(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await expect(this.page.getByRole("combobox", { name: "Search or jump" })).toHaveCount(0);
  }
}
