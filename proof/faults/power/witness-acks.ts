/** In the gateway whose writes are recorded: says among them which messages are about to be acked. */
import { openSync, writeSync } from "node:fs";
import type { Storage } from "../../../storage/storage.ts";

/** Behind the path of the database. */
export const ackedEnd = ".acked";

export function witnessAcks(storage: Storage, prefix: string | undefined): Storage {
  if (prefix === undefined) return storage;
  const witness = openSync(`${prefix}${ackedEnd}`, "a");
  return {
    ...storage,
    async append(request) {
      const result = await storage.append(request);
      if (result.outcome === "stored" || result.outcome === "duplicate") writeSync(witness, `${request.messageId}\n`);
      return result;
    },
  };
}
