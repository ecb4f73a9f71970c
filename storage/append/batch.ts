/** One batch of appends: one transaction, run again as a whole where the database gives it up. */
import type { StorageContext } from "../context.ts";
import { type AppendRequest, type AppendResult, StorageBusy, StorageUnavailable } from "../storage.ts";
import { inTransaction } from "../transaction.ts";
import { appendOne } from "./append-one.ts";
import { appendFollowUps } from "./follow-up.ts";
import { makeOffer, type Offer, producerKey } from "./offer.ts";
import { loadWorkingSet, type WorkingSet } from "./working-set.ts";
import { writeWorkingSet } from "./write-working-set.ts";

export type Settlement = { result: AppendResult } | { error: unknown };

/**
 * Durable when it resolves. The ordinals make it repeatable: where a connection was lost at the commit, the second run finds what
 * the first has stored. An item that the database refuses does not fail its neighbours.
 */
export async function appendBatch(context: StorageContext, requests: readonly AppendRequest[]): Promise<Settlement[]> {
  const offers = requests.map((request) => makeOffer(context, request));
  const followUps = await appendFollowUps(context, offers);
  if (followUps !== null) return followUps.map((result) => ({ result }));
  try {
    return (await commitOffers(context, offers)).map((result) => ({ result }));
  } catch (error) {
    const ofAll = error instanceof StorageBusy || error instanceof StorageUnavailable;
    if (ofAll || offers.length === 1) return offers.map(() => ({ error }));
  }
  const settlements: Settlement[] = [];
  for (const offer of offers) settlements.push(await commitAlone(context, offer));
  return settlements;
}

async function commitAlone(context: StorageContext, offer: Offer): Promise<Settlement> {
  try {
    const [result] = await commitOffers(context, [offer]);
    return result ? { result } : { error: new Error("append: no result") };
  } catch (error) {
    return { error };
  }
}

async function commitOffers(context: StorageContext, offers: readonly Offer[]): Promise<AppendResult[]> {
  const { set, results } = await inTransaction(context.dialect, "append", true, async (connection, attempt) => {
    const set = await loadWorkingSet(context, connection, offers, attempt);
    const results: AppendResult[] = [];
    for (const offer of offers) results.push(await appendOne(context, set, offer));
    await writeWorkingSet(context, set);
    return { set, results };
  });
  rememberOrdinals(context, set);
  rememberRows(context, set);
  return results;
}

/** Only now that they are durable. */
function rememberOrdinals({ storedOrdinals }: StorageContext, set: WorkingSet): void {
  for (const row of set.ordinals.values()) {
    const key = producerKey(row);
    if (row.ordinal > (storedOrdinals.get(key) ?? 0)) storedOrdinals.set(key, row.ordinal);
  }
}

/** Where the next message of the same people goes on (`follow-up.ts`). */
function rememberRows({ dialect, ownConversations, ownVisitors }: StorageContext, set: WorkingSet): void {
  if (!dialect.flags.remote) return;
  for (const row of [...set.changedConversations.keys(), ...set.newConversations])
    ownConversations.leave(`${row.tenant} ${row.number}`, row);
  for (const [key, visitor] of set.visitors) ownVisitors.set(key, visitor);
}
