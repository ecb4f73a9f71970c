import { databaseFaults } from "./database-faults.ts";
import type { Fault } from "./fault.ts";
import { gatewayFaults } from "./gateway-faults.ts";
import { networkFaults } from "./network-faults.ts";
import { pageFaults } from "./page-faults.ts";

/** By their numbers in the matrix of `docs/proof.md`. */
export const allFaults: readonly Fault[] = [...gatewayFaults, ...databaseFaults, ...networkFaults, ...pageFaults].sort(
  (one, other) => Number.parseInt(one.number, 10) - Number.parseInt(other.number, 10),
);
