/** Random identifiers from the machine's generator. */
import { randomBytes } from "node:crypto";
import type { Ids } from "../core/core.ts";

export const machineIds: Ids = {
  id: () => randomBytes(16).toString("base64url"),
  fraction: () => Math.random(),
};
