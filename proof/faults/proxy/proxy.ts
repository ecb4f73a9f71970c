/** The fault proxy as the laboratory sees it. */
import { join } from "node:path";
import { startHelper } from "../helper-program.ts";
import type { LineTrouble, ProxyAnswer, ProxyCommand } from "./line-trouble.ts";
import { noTrouble } from "./line-trouble.ts";

export interface FaultProxy {
  /** One for each line. */
  readonly urls: readonly string[];
  /** From now on; what is not named is fine. `line` absent: every line. */
  trouble(trouble: Partial<LineTrouble>, line?: number): Promise<void>;
  fine(line?: number): Promise<void>;
  /** How often the trouble has met something since it was set. */
  hits(line?: number): Promise<number>;
  /** Resets open connections and returns their number. */
  cut(side: "both" | "client", line?: number): Promise<number>;
  stop(): Promise<void>;
}

export async function startProxy(lines: number, gatewayPort: number): Promise<FaultProxy> {
  const { ask, stop } = await startHelper<ProxyCommand, ProxyAnswer>(join(import.meta.dirname, "proxy-program.ts"));
  const { ports } = (await ask({ do: "listen", lines, gatewayPort })) as { ports: number[] };
  const count = async (command: ProxyCommand): Promise<number> => ((await ask(command)) as { hits: number }).hits;
  const on = (line: number | undefined) => (line === undefined ? {} : { line });
  const set = async (trouble: LineTrouble, line?: number): Promise<void> => {
    await ask({ do: "trouble", trouble, ...on(line) });
  };
  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    trouble: (trouble, line) => set({ ...noTrouble, ...trouble }, line),
    fine: (line) => set(noTrouble, line),
    hits: (line) => count({ do: "hits", ...on(line) }),
    cut: (side, line) => count({ do: "cut", side, ...on(line) }),
    stop,
  };
}
