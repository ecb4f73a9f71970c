import { databaseFaults } from "./database-faults.ts";
import type { Fault } from "./fault.ts";
import { gatewayFaults } from "./gateway-faults.ts";
import { hostileFaults } from "./hostile-faults.ts";
import { networkFaults } from "./network-faults.ts";
import { pageFaults } from "./page-faults.ts";
import { stackedFault } from "./stacked-fault.ts";
import { stormFault } from "./storm-fault.ts";

const single = [...gatewayFaults, ...databaseFaults, ...networkFaults, ...pageFaults, ...hostileFaults];

/** Among several at once it is small. */
const alone = single.filter(({ number }) => number !== stormFault.number);

/** By their numbers in the matrix of `docs/proof.md`. */
export const allFaults: readonly Fault[] = [...alone, stormFault, stackedFault(single)].sort(
  (one, other) => Number(one.number) - Number(other.number),
);
