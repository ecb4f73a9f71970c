import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { ClientFrame, Hello } from "../protocol/client-frames.ts";
import { decodeServerMessage, encodeClientFrame } from "../protocol/codec.ts";
import {
  maxAddressesPerProducer,
  maxAttributeNameChars,
  maxAttributes,
  maxAttributeValueChars,
  maxEmailChars,
  maxEpochChars,
  maxExternalIdChars,
  maxFrameBytes,
  maxInteger,
  maxLocaleChars,
  maxNameChars,
  maxProducersPerConnection,
  maxReceivedBytes,
  maxScreenChars,
  maxSignatureChars,
  maxSubscriptions,
  maxTimeZoneChars,
  maxTitleChars,
  maxTokenChars,
  maxUrlChars,
} from "../protocol/limits.ts";
import { startTestGateway, type TestGateway } from "./testing/test-gateway.ts";

let running: TestGateway;
beforeAll(async () => {
  running = await startTestGateway();
});
afterAll(() => running.stop());

const id = "AAAAAAAAAAAAAAAAAAAAAA";
/** Takes six bytes of JSON. */
const control = "\u0001";
const most = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

/** Every field at its limit, in the characters that take the most bytes. */
function largestHello(site: string): Hello {
  const position = { seen: maxInteger, delivered: maxInteger, read: maxInteger };
  const range = { address: `${id}/public`, first: maxInteger, last: maxInteger };
  const url = control.repeat(maxUrlChars);
  const name = (at: number) => String(at).padStart(maxAttributeNameChars, control);
  return {
    kind: "hello",
    version: 1,
    credential: { role: "visitor", site, secret: id, token: "語".repeat(maxTokenChars) },
    carrier: "websocket",
    visible: true,
    producers: most(maxProducersPerConnection, () => ({
      producer: id,
      incarnation: maxInteger,
      nonce: id,
      outgoing: most(maxAddressesPerProducer, () => range),
    })),
    positions: most(maxSubscriptions, () => ({
      address: `${id}/public`,
      epoch: control.repeat(maxEpochChars),
      ...position,
    })),
    visit: {
      load: id,
      page: { url, title: control.repeat(maxTitleChars), referrer: url },
      pageAgeMs: maxInteger,
      attributes: Object.fromEntries(most(maxAttributes, (at) => [name(at), control.repeat(maxAttributeValueChars)])),
      locale: control.repeat(maxLocaleChars),
      timeZone: control.repeat(maxTimeZoneChars),
      screen: control.repeat(maxScreenChars),
    },
    identity: {
      id: "語".repeat(maxExternalIdChars),
      name: "語".repeat(maxNameChars),
      email: "語".repeat(maxEmailChars),
      expires: maxInteger,
      signature: "語".repeat(maxSignatureChars),
    },
  };
}

/** What is heard from an own socket that says this, and how it ends. */
async function answerTo(path: string, text: string): Promise<{ heard: unknown[]; code: number }> {
  const socket = new WebSocket(running.url.replace("http", "ws") + path);
  const heard: unknown[] = [];
  socket.on("message", (data) => heard.push(...decodeServerMessage(String(data), JSON)));
  await once(socket, "open");
  socket.send(text);
  const [code] = (await once(socket, "close")) as [number];
  return { heard, code };
}

describe.each(["/ws", "/sockjs/websocket"])("R3.2 on %s", (path) => {
  test("a hello with every field at its limit is refused with a code", async () => {
    const text = encodeClientFrame(largestHello(running.tenants[0].siteKey) as ClientFrame, JSON);
    expect(Buffer.byteLength(text)).toBeGreaterThan(maxFrameBytes);
    const { heard, code } = await answerTo(path, text);
    expect(heard).toMatchObject([{ kind: "error", code: "too-large", fatal: true }]);
    expect(code).toBe(4413);
  });

  test("a message is refused with a code up to maxReceivedBytes, above it only closed", async () => {
    const whole = "x".repeat(maxReceivedBytes);
    expect((await answerTo(path, whole)).code).toBe(4413);
    const { heard, code } = await answerTo(path, `${whole}x`);
    expect([1006, 1009]).toContain(code);
    expect(heard).toEqual([]);
  });
});
