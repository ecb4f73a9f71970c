/** Hellos of visitors and agents, as the widget and the agents' page say them. */
import { randomBytes } from "node:crypto";
import type { Session, SocketToken } from "../../protocol/api.ts";
import type { Hello } from "../../protocol/client-frames.ts";
import { type Page, protocolVersion } from "../../protocol/frames.ts";
import type { Surroundings } from "./node-carriers.ts";
import { requestAlone } from "./request-alone.ts";

export const newId = (): string => randomBytes(16).toString("base64url");

/** Sources, so that no limit for an address meets a bench that runs on one machine. */
const sources = 40;

/** Each visitor has a browser of their own. */
export function surroundingsOf(url: string, number: number): Surroundings {
  return {
    url,
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.${number}.0 Safari/537.36`,
    localAddress: `127.0.0.${2 + (number % sources)}`,
  };
}

const products = 500;

/** As people walk: an entry with a click id of their own from a search of their own, then products that others look at too. */
export function shopPage(visitor: number, number: number): Page {
  const product = (visitor * 7 + number) % products;
  return {
    url: number === 1 ? `https://shop.example/?click=${visitor}` : `https://shop.example/tents/tarn-${product}/`,
    title: number === 1 ? "Northslope" : `Tarn ${product} tent`,
    referrer: `https://search.example/?q=${visitor}`,
  };
}

export function visitState(visitor: number, load: string) {
  return {
    load,
    page: shopPage(visitor, 1),
    pageAgeMs: 0,
    attributes: {
      cart: `€ ${visitor}`,
      cartItems: 2,
      customer: "since 2019",
      lastOrder: `${visitor}, packed`,
      campaign: "spring-boots",
    },
    locale: "en",
    timeZone: "Europe/Oslo",
    screen: "1440x900",
  };
}

/** `producer`: under which it will publish. */
export function visitorHello(site: string, visitor: number, carrier: Hello["carrier"], producer?: string): Hello {
  return {
    kind: "hello",
    version: protocolVersion,
    credential: { role: "visitor", site, secret: newId() },
    carrier,
    visible: true,
    producers: producer === undefined ? [] : [{ producer, incarnation: 1, nonce: newId(), outgoing: [] }],
    positions: [],
    visit: visitState(visitor, newId()),
  };
}

/** Signed in once; buys a fresh token for each socket. */
export async function signInAgent(
  url: string,
  login: { email: string; password: string },
): Promise<() => Promise<string>> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(login),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}`);
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const { csrf } = (await response.json()) as Session;
  return async () => {
    const { text } = await requestAlone(`${url}/api/v1/socket-token`, "POST", { cookie, "x-beckon-csrf": csrf });
    return (JSON.parse(text) as SocketToken).token;
  };
}

export function agentHello(token: string): Hello {
  return {
    kind: "hello",
    version: protocolVersion,
    credential: { role: "agent", token },
    carrier: "websocket",
    visible: true,
    producers: [],
    positions: [],
  };
}
