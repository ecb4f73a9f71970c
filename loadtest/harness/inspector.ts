/** Looks into a Node process through its inspector, which no code of the process knows of. */
import { WebSocket } from "ws";

export interface Inspector {
  /** Of an expression that gives plain data at once. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** Bytes of living objects: after a forced collection. */
  heapBytes(): Promise<number>;
  /** Timers that are set. */
  timers(): Promise<number>;
  close(): void;
}

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** `address`: what Node prints as "Debugger listening on …". */
export async function openInspector(address: string): Promise<Inspector> {
  const socket = new WebSocket(address, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let last = 0;
  socket.on("message", (data) => {
    const { id, result, error } = JSON.parse(String(data)) as Answer;
    const asked = waiting.get(id ?? 0);
    waiting.delete(id ?? 0);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
  });
  socket.on("close", () => {
    for (const { reject } of waiting.values()) reject(new Error("the inspected process is gone"));
  });
  const ask = <Result>(method: string, params: object = {}): Promise<Result> =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve: resolve as (result: unknown) => void, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  const evaluate = async <Value>(expression: string): Promise<Value> => {
    const params = { expression, returnByValue: true };
    return (await ask<{ result: { value: Value } }>("Runtime.evaluate", params)).result.value;
  };
  return {
    evaluate,
    async heapBytes() {
      await ask("HeapProfiler.collectGarbage");
      const { heapUsed, external } = await evaluate<NodeJS.MemoryUsage>("process.memoryUsage()");
      return heapUsed + external;
    },
    timers: () => evaluate("process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length"),
    close: () => socket.terminate(),
  };
}
