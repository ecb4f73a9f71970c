/** What a visitor says: the hello of a page load, page views, numbered messages. */

import type { Hello, Publish } from "../../protocol/client-frames.ts";
import type { Page } from "../../protocol/frames.ts";
import { protocolVersion } from "../../protocol/frames.ts";
import { randomId, siteKey } from "./machine.ts";

const pages = ["Home", "Tents", "Tarn 2 tent", "Size guide", "Cart", "Checkout"];

export function pageNumber(index: number): Page {
  const title = pages[index % pages.length] ?? "";
  return {
    url: `https://shop.example/${title.toLowerCase().replaceAll(" ", "-")}/${index}`,
    title,
    referrer: "https://search.example/",
  };
}

export class LoadVisitor {
  readonly producer = randomId();
  readonly secret = randomId();
  readonly load = randomId();
  ordinal = 0;

  hello(): Hello {
    return {
      kind: "hello",
      version: protocolVersion,
      credential: { role: "visitor", site: siteKey, secret: this.secret },
      carrier: "websocket",
      visible: true,
      producers: [{ producer: this.producer, incarnation: 1, nonce: this.load, outgoing: [] }],
      positions: [],
      visit: {
        load: this.load,
        page: pageNumber(0),
        pageAgeMs: 0,
        attributes: { cart: "€ 389" },
        locale: "en",
        timeZone: "Europe/Oslo",
        screen: "1440x900",
      },
    };
  }

  message(text: string): Publish {
    this.ordinal++;
    return {
      kind: "publish",
      producer: this.producer,
      address: "current",
      ordinal: this.ordinal,
      id: randomId(),
      body: { kind: "text", text },
    };
  }
}
