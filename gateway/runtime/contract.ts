/**
 * What every runtime must do, as plain functions: Vitest runs them on Node, `testing/run-contract.ts` in Deno. They speak to the
 * server as browsers do (`fetch`, `WebSocket`) and, where browsers are too polite, over bare TCP.
 */
import { bodyContract } from "./contract/bodies.ts";
import { httpContract } from "./contract/http.ts";
import { listeningContract } from "./contract/listening.ts";
import { webSocketContract } from "./contract/web-socket.ts";
import type { ContractCase } from "./testing/serving.ts";

export const runtimeContract: readonly ContractCase[] = [
  ...httpContract,
  ...bodyContract,
  ...webSocketContract,
  ...listeningContract,
];
