/** A morning in the shop: people who browse, people who wait, people who talk. */
import type { Browser, BrowserContextOptions } from "@playwright/test";
import { desktopUserAgent, phone, phoneUserAgent } from "../browser.ts";
import type { GatewayProcess } from "../gateway-process.ts";
import { Agent } from "../people/agent.ts";
import { Visitor } from "../people/visitor.ts";

export interface Scene {
  readonly mei: Agent;
  readonly jonas: Agent;
  /** Address of Henrik's conversation on the agents' page: `#/conversation/…`. */
  readonly conversation: string;
}

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
const safari =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15";
const edge = `${desktopUserAgent} Edg/156.0.0.0`;

interface Browsing {
  readonly from?: string;
  readonly walk: readonly string[];
  readonly context?: BrowserContextOptions;
  readonly name?: string;
  readonly cart?: string;
}

const browsing: readonly Browsing[] = [
  { from: "https://www.google.com/", walk: ["Tents", "Tarn 2 tent"], context: { userAgent: firefox } },
  { walk: ["Boots", "Moraine GTX boots"], context: { userAgent: safari }, name: "Marta Oliveira", cart: "€ 219" },
  { from: "https://www.bergfreunde-forum.example/", walk: ["Cooking"], context: { userAgent: edge } },
  { walk: ["Jackets", "Cirque rain shell", "Cart"], name: "Lukas Hoffmann-Schneider", cart: "€ 289" },
  {
    from: "https://duckduckgo.com/",
    walk: ["Packs", "Skarv 65 trekking pack"],
    context: { userAgent: phoneUserAgent, locale: "de-DE", timezoneId: "Europe/Vienna" },
  },
  { from: "https://www.instagram.com/", walk: ["Returns and exchanges"], context: { userAgent: phoneUserAgent } },
  { from: "https://newsletter.northslope.example/", walk: ["Tents"], name: "Sofia Lindqvist" },
];

export async function setScene(gateway: GatewayProcess, browser: Browser): Promise<Scene> {
  const [mei, jonas] = [await signedIn(gateway, browser, 0), await signedIn(gateway, browser, 1)];
  const come = (context: BrowserContextOptions = {}) => Visitor.comes({ shop: gateway.url, browser, context });
  await somebodyOfYesterday(come, mei);

  const henrik = await come({ userAgent: firefox });
  await henrik.signsInToTheShop("henrik");
  await henrik.follows("Boots");
  await henrik.follows("Storm gaiters");
  await henrik.writes("Hello. Do the Storm gaiters fit over size 44 winter boots?");
  await mei.opens("size 44 winter boots");
  await mei.takes();
  await mei.writes("Hello Henrik. They do: size L goes over boots up to 46.");
  await mei.writes("The strap under the sole is 24 cm long, so crampons are no trouble either.");
  await henrik.writes("Good to know. My old pair lost a buckle on Galdhøpiggen, can I get a spare one?");
  await mei.notes("Ordered a buckle in August as well. Send two this time.");
  await mei.goesBackToReply();
  await mei.writes("Of course. I put two buckles on your order 48213, on the house: https://northslope.example/parts");
  await henrik.writes("That is kind, thank you");
  await mei.reads("That is kind, thank you");
  const conversation = new URL(mei.page.url()).hash;

  for (const person of browsing) await walks(await come(person.context), person);
  await writes(
    await come({ ...phone, locale: "zh-CN", timezoneId: "Asia/Shanghai" }),
    "siyuan",
    ["/demo/zh/tents/tarn-2/", "/demo/zh/checkout/delivery/"],
    "付款页面一直转圈，我的订单成功了吗？",
  );
  await writes(
    await come({ userAgent: safari }),
    "priya",
    ["/demo/returns/"],
    "May I send the shell back without its box?",
  );
  await jonas.opens("without its box");
  await jonas.takes();
  await jonas.writes("You may. Any box will do.");

  const invited = await come({ userAgent: edge });
  await walks(invited, { from: "https://www.google.com/", walk: ["Tents", "Glade 5 tunnel tent"] });
  await mei.goesTo("visitors");
  await mei.invites("Glade 5", "Shall I show you how it stands in wind?");
  await mei.seesTheInvitationAs("Seen");
  return { mei, jonas, conversation };
}

async function signedIn(gateway: GatewayProcess, browser: Browser, index: number): Promise<Agent> {
  const login = gateway.logins[index];
  if (login === undefined) throw new Error("no such agent");
  const agent = await Agent.comes({ gateway: gateway.url, browser, login });
  await agent.signsIn();
  await agent.isIn();
  return agent;
}

async function somebodyOfYesterday(come: () => Promise<Visitor>, mei: Agent): Promise<void> {
  const visitor = await come();
  await visitor.opens("/demo/care/washing-down/");
  await visitor.hasThePageSay("identify", { id: "c-77", name: "Tomasz Wrona", email: "tomasz.wrona@mail.example" });
  await visitor.writes("How warm may the water be for the Kestrel?");
  await mei.opens("How warm may the water be");
  await mei.takes();
  await mei.writes("Thirty degrees, and three tennis balls in the dryer.");
  await visitor.sees("three tennis balls");
  await mei.closes();
  await visitor.leaves();
}

async function walks(visitor: Visitor, { from, walk, name, cart }: Browsing): Promise<void> {
  await visitor.opens("/demo/", from);
  for (const link of walk) await visitor.follows(link);
  if (name !== undefined) {
    const email = `${name.split(" ")[0]?.toLowerCase()}@mail.example`;
    await visitor.hasThePageSay("identify", { id: email, name, email });
  }
  if (cart !== undefined) await visitor.hasThePageSay("set", { cart });
}

async function writes(
  visitor: Visitor,
  customer: "siyuan" | "priya",
  pages: readonly string[],
  text: string,
): Promise<void> {
  await visitor.signsInToTheShop(customer);
  for (const page of pages) await visitor.opens(page);
  await visitor.hasThePageSay("set", { cart: customer === "siyuan" ? "€ 612" : "€ 289" });
  await visitor.writes(text);
}
