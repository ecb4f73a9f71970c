import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { newId, visitorHello } from "../../loadtest/harness/people.ts";
import type { ClientFrame, Hello } from "../../protocol/client-frames.ts";
import { decodeServerMessage, encodeClientFrame } from "../../protocol/codec.ts";
import type { ServerFrame } from "../../protocol/frames.ts";
import { ApiClient } from "../testing/test-gateway.ts";
import { startBeckon } from "./testing/run-beckon.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "beckon-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Says these frames and waits for an answer of this kind to the last one. */
function talk(
  url: string,
  hello: Hello,
  frames: readonly ClientFrame[],
  until: ServerFrame["kind"],
): Promise<ServerFrame[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, {
      headers: { "user-agent": "Mozilla/5.0 Chrome/144.0.1" },
    });
    const heard: ServerFrame[] = [];
    socket.on("open", () => socket.send(encodeClientFrame(hello, JSON)));
    socket.on("error", reject);
    socket.on("message", (data) => {
      for (const frame of decodeServerMessage(String(data), JSON)) {
        heard.push(frame);
        if (frame.kind === "ok") for (const said of frames) socket.send(encodeClientFrame(said, JSON));
        if (frame.kind !== until) continue;
        resolve(heard);
        socket.close();
      }
    });
  });
}

test("at the loudest level no log line holds a text, a typed character, a password or a token; what is typed reaches no disk", async () => {
  const running = startBeckon(["demo", "--json"], { PORT: "0", BECKON_DATA: folder, BECKON_LOG_LEVEL: "debug" });
  const ready = JSON.parse(await running.line((line) => line.startsWith("{"))) as {
    url: string;
    agents: { email: string; password: string }[];
  };
  const login = ready.agents[0] ?? { email: "", password: "" };
  const client = new ApiClient(ready.url);
  await client.signIn(login.email, login.password);
  await client.json("PATCH", "/api/v1/sites/demo", { previews: true });
  await client.request("GET", "/api/v1/search?q=needleofsearch");
  const { token } = await client.json<{ token: string }>("POST", "/api/v1/socket-token");
  const producer = newId();
  const nonce = newId();
  const hello: Hello = {
    ...visitorHello("demo", 1, "websocket"),
    producers: [{ producer, incarnation: 1, nonce, outgoing: [] }],
  };
  const publish: ClientFrame = {
    kind: "publish",
    producer,
    address: "current",
    ordinal: 1,
    id: newId(),
    body: { kind: "text", text: "needleofmessage" },
  };
  const typing: ClientFrame = { kind: "typing", address: "current", active: true, text: "needleoftyping" };
  const bad = {
    ...publish,
    ordinal: 2,
    body: { kind: "text", text: 7, hint: "needleofbadframe" },
  } as unknown as ClientFrame;
  const heard = await talk(ready.url, hello, [typing, publish, bad], "ack");
  const given = heard.flatMap((frame) => (frame.kind === "ok" && frame.token !== undefined ? [frame.token] : []));
  running.process.kill("SIGTERM");
  const { code, errors } = await running.finished;
  expect(code).toBe(0);
  expect(errors).toContain('"event"');
  const secrets = [token, client.cookie.split("=")[1] ?? "?", client.csrf, login.password, ...given];
  if (hello.credential.role === "visitor") secrets.push(hello.credential.secret);
  for (const secret of ["needle", ...secrets]) expect(errors).not.toContain(secret);
  const disk = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "latin1"))
    .join("");
  expect(disk).toContain("needleofmessage");
  expect(disk).not.toContain("needleoftyping");
});
