import SockJS from "sockjs-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { machineClock } from "../machine/clock.ts";
import { openUws } from "../runtime/uws.ts";
import { type StandardServices, serveStandardServices } from "./standard-services.ts";

let services: StandardServices;
let url: string;
beforeAll(async () => {
  services = await serveStandardServices(await openUws(), machineClock, { host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${services.port}`;
});
afterAll(() => services.close());

for (const transport of ["websocket", "xhr-streaming", "xhr-polling"]) {
  test(`the reference client by ${transport}: 500 messages come back in order, each once`, async () => {
    const texts = Array.from({ length: 500 }, (_, i) => `${i} ${"\u2028漢😀\u0000".repeat(i % 7)}`);
    const heard: string[] = [];
    const client = new SockJS(`${url}/echo`, null, { transports: [transport] });
    const closed = new Promise<number>((resolve) => {
      client.onclose = ({ code }) => resolve(code);
    });
    let used = "";
    client.onopen = () => {
      used = client.transport;
      for (const text of texts.slice(0, 250)) client.send(text);
    };
    client.onmessage = ({ data }) => {
      heard.push(data);
      const next = texts[249 + heard.length];
      if (next !== undefined) client.send(next); // the second half one by one
      if (heard.length === texts.length) client.close();
    };
    expect(await closed).toBe(1000);
    expect(used).toBe(transport);
    expect(heard).toEqual(texts);
  });

  test(`the reference client by ${transport}: hears the application's close`, async () => {
    const client = new SockJS(`${url}/close`, null, { transports: [transport] });
    const closed = await new Promise((resolve) => {
      client.onclose = ({ code, reason }) => resolve([code, reason]);
    });
    expect(closed).toEqual([3000, "Go away!"]);
  });
}

test("the reference client takes polling where WebSocket is off", async () => {
  const client = new SockJS(`${url}/disabled_websocket_echo`, null, { transports: ["websocket", "xhr-polling"] });
  const heard = await new Promise((resolve) => {
    client.onopen = () => client.send("hello");
    client.onmessage = ({ data }) => resolve(data);
  });
  expect([heard, client.transport]).toEqual(["hello", "xhr-polling"]);
  client.close();
});
