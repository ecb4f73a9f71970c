/**
 * A process that appends until it is killed: `append-forever.ts URL SENDERS`. Each line of its output is one acknowledged
 * message: tenant, conversation, seq and message id.
 */
import { openStorage } from "../open-storage.ts";
import { createWorld, Page } from "./world.ts";

const [, , url = "", senders = "8"] = process.argv;
const storage = await openStorage(url, { migrate: "never", masterKey: new Uint8Array(32) });
const world = await createWorld(storage);
const { conversation } = await new Page(world, "visitor").writes("begin");

async function appendForever(page: Page, toCurrent: boolean): Promise<never> {
  for (let n = 0; ; n += 1) {
    const text = { kind: "text", text: `message ${n}` } as const;
    const request = toCurrent ? page.toCurrent(text.text) : page.toLog(conversation, "public", text);
    const answer = await storage.append(request);
    if (answer.outcome !== "stored") throw new Error(JSON.stringify(answer));
    process.stdout.write(`${world.tenant} ${answer.conversation} ${answer.seq} ${request.messageId}\n`);
  }
}

await Promise.all(
  Array.from({ length: Number(senders) }, (_, n) =>
    appendForever(new Page(world, n % 2 ? "agent" : "visitor"), n % 2 === 0),
  ),
);
