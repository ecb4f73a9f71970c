import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const token = "a-token-of-metrics";
let running: TestGateway;
afterEach(() => running.stop());

/** Not by `fetch`, which sends no `Host` of one's own. */
async function metrics(headers: Record<string, string> = {}): Promise<number> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${running.url}/metrics`, { headers }, resolve).on("error", reject);
  });
  const body = await text(response);
  expect(body.includes("beckon_sessions")).toBe(response.statusCode === 200);
  return response.statusCode ?? 0;
}

test("metrics are for this machine, unless a proxy of any kind may have brought the request here", async () => {
  running = await startTestGateway();
  expect(await metrics()).toBe(200);
  for (const name of [
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "X-Real-IP",
    "Forwarded",
    "Via",
    "CF-Connecting-IP",
    "True-Client-IP",
  ])
    expect([name, await metrics({ [name]: "198.51.100.7" })]).toEqual([name, 403]);
  expect(await metrics({ Host: "chat.example" })).toBe(403);
});

test.each([
  ["a listed proxy", { BECKON_TRUSTED_PROXIES: "10.0.0.1" }],
  ["a public address with TLS, which this program does not speak", { BECKON_PUBLIC_URL: "https://chat.example" }],
])("behind %s only the token opens metrics", async (_, settings) => {
  running = await startTestGateway({ ...settings, BECKON_METRICS_TOKEN: token });
  expect(await metrics()).toBe(403);
  expect(await metrics({ Authorization: `Bearer ${token}x` })).toBe(403);
  expect(await metrics({ Authorization: `Bearer ${token}`, "X-Forwarded-For": "198.51.100.7" })).toBe(200);
});
