/** What a scenario begins with: a gateway, people who come when they are called, and nobody left behind. */
import { type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { type GatewayProcess, withGateway } from "./gateway-process.ts";
import { Agent } from "./people/agent.ts";
import { Onlooker } from "./people/onlooker.ts";
import { Visitor } from "./people/visitor.ts";

export interface People {
  visitor(context?: BrowserContextOptions): Promise<Visitor>;
  /** Somebody who has opened a page of the shop (`/demo/tents/`) and written this. */
  visitorWhoWrote(page: string, text: string, context?: BrowserContextOptions): Promise<Visitor>;
  /** The same, and Mei, who has come after that and opened the conversation. */
  visitorWithMei(page: string, text: string): Promise<{ readonly visitor: Visitor; readonly mei: Agent }>;
  /** Mei, the owner, signed in and connected. */
  mei(context?: BrowserContextOptions): Promise<Agent>;
  /** Jonas, an agent, signed in and connected. */
  jonas(context?: BrowserContextOptions): Promise<Agent>;
  /** Mei before she signs in. */
  stranger(context?: BrowserContextOptions): Promise<Agent>;
  /** Somebody who is about to open `/demo/unplug`. */
  onlooker(context?: BrowserContextOptions): Promise<Onlooker>;
}

interface Options {
  /**
   * `shared`: with what other scenarios of the same worker have left in its database, as in a shop that is open. `own`: empty, for scenarios
   * that end the process, change settings or count.
   */
  readonly gatewayFor: "shared" | "own";
}

interface Scenario {
  readonly gateway: GatewayProcess;
  readonly people: People;
}

interface Worker {
  readonly sharedGateway: GatewayProcess;
}

export const test = base.extend<Options & Scenario, Worker>({
  gatewayFor: ["shared", { option: true }],

  sharedGateway: [
    // Playwright reads the names of the parameter: one must be asked for.
    async ({ playwright: _playwright }, use) => withGateway(use),
    { scope: "worker", timeout: 60_000 },
  ],

  gateway: async ({ gatewayFor, sharedGateway }, use) => {
    if (gatewayFor === "own") await withGateway(use);
    else await use(sharedGateway);
  },

  people: async ({ browser, gateway }, use) => {
    const everybody: (Visitor | Agent | Onlooker)[] = [];
    const agent = async (index: number, context: BrowserContextOptions): Promise<Agent> => {
      const login = gateway.logins[index];
      if (login === undefined) throw new Error("no such agent");
      const one = await Agent.comes({ gateway: gateway.url, browser, login, context });
      everybody.push(one);
      return one;
    };
    const signedIn = async (index: number, context: BrowserContextOptions): Promise<Agent> => {
      const one = await agent(index, context);
      await one.signsIn();
      await one.isIn();
      return one;
    };
    const people: People = {
      visitor: async (context = {}) => {
        const one = await Visitor.comes({ shop: gateway.url, browser, context });
        everybody.push(one);
        return one;
      },
      visitorWhoWrote: async (page, text, context) => {
        const visitor = await people.visitor(context);
        await visitor.opens(page);
        await visitor.writes(text);
        return visitor;
      },
      visitorWithMei: async (page, text) => {
        const visitor = await people.visitorWhoWrote(page, text);
        const mei = await people.mei();
        await mei.opens(text);
        return { visitor, mei };
      },
      mei: (context = {}) => signedIn(0, context),
      jonas: (context = {}) => signedIn(1, context),
      stranger: (context = {}) => agent(0, context),
      onlooker: async (context = {}) => {
        const one = await Onlooker.comes({ demo: gateway.url, browser, context });
        everybody.push(one);
        return one;
      },
    };
    await use(people);
    for (const one of everybody) await one.context.close();
    // No page may throw or write to the console, whatever the scenario was.
    for (const one of everybody) expect(one.complaints).toEqual([]);
  },
});

export { expect };
