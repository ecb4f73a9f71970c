/**
 * The baseline of `delivery`: the product's gateway on a storage that stores nothing. The first message of a conversation goes into
 * memory, every later one is answered at once as if it were stored. Says `{url, site, agents}` when it listens.
 */
import { randomBytes } from "node:crypto";
import { createTenant } from "../../gateway/cli/create-tenant.ts";
import { readConfig } from "../../gateway/config.ts";
import { machineClock } from "../../gateway/machine/clock.ts";
import { composeGateway } from "../../gateway/main.node.ts";
import { openStorage } from "../../storage/open-storage.ts";
import type { AppendRequest, AppendResult, Storage } from "../../storage/storage.ts";

type Stored = Extract<AppendResult, { conversation: string }>;

/** Answers texts to a conversation that is there without a database. */
function echoing(storage: Storage): Storage {
  const last = new Map<string, Stored>();
  return {
    ...storage,
    async append(request) {
      const key = `${request.producer} ${request.address}`;
      const before = last.get(key);
      const answer = before ? next(before, request) : await storage.append(request);
      if (answer.outcome === "stored") last.set(key, answer);
      return answer;
    },
  };
}

function next(before: Stored, { at, messageId, producer, ordinal, events }: AppendRequest): Stored {
  const seq = before.publicHead + 1;
  const [told] = before.events;
  const [body] = events;
  if (!told || !body || !before.state) throw new Error("only texts are echoed");
  return {
    ...before,
    seq,
    at,
    publicHead: seq,
    created: false,
    events: [{ log: told.log, event: { ...told.event, seq, id: messageId, producer, ordinal, at, body: body.body } }],
    state: { ...before.state, publicHead: seq, lastAt: at, visitorCount: before.state.visitorCount + 1 },
  };
}

const masterKey = randomBytes(32);
const databaseUrl = "sqlite::memory:";
const storage = echoing(await openStorage(databaseUrl, { migrate: "always", masterKey }));
const site = { key: "bench", name: "bench" };
await createTenant(storage, { tenant: "bench", site, agents: [] });
const options = { databaseUrl, masterKey, migrate: "never", demo: false, logDestination: 2 } as const;
const gateway = await composeGateway(readConfig({ BECKON_LOG_LEVEL: "warn", ...process.env }, undefined), options, {
  storage,
  clock: machineClock,
  failPoints: { reach: () => undefined },
});
process.on("SIGTERM", () => void gateway.stop(0).then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ url: gateway.url, site: site.key, agents: [] })}\n`);
