import { test } from "vitest";
import { runtimeContract } from "./contract.ts";
import { openUws } from "./uws.ts";

const runtime = await openUws();

for (const { name, run } of runtimeContract) test(name, () => run(runtime));
