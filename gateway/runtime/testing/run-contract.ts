/**
 * Runs the contract outside of Vitest, in whatever engine runs this file: `run-contract.ts MODULE FUNCTION`, where the
 * function opens the runtime. One line of JSON for each case.
 */
import process from "node:process";
import { runtimeContract } from "../contract.ts";
import type { Runtime } from "../runtime.ts";

const [, , module = "", factory = ""] = process.argv;
const { [factory]: open }: Record<string, () => Promise<Runtime>> = await import(module);
if (open === undefined) throw new Error(`${module} has no ${factory}`);
const runtime = await open();

for (const { name, run } of runtimeContract) {
  const error = await run(runtime).then(
    () => null,
    (reason: unknown) => (reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)),
  );
  console.log(JSON.stringify({ name, error }));
}
process.exit(0);
