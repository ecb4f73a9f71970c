/** Structured log lines, one JSON object each, on standard output. */
import { pino } from "pino";
import type { Config } from "../config.ts";
import type { Log } from "../core/core.ts";

export interface FlushableLog extends Log {
  flush(): void;
}

/** `destination`: 1 standard output, 2 standard error. */
export function createLog(level: Config["logLevel"], gatewayName: string, destination: 1 | 2): FlushableLog {
  const output = pino.destination({ dest: destination, sync: false });
  const logger = pino(
    { level, base: { gateway: gatewayName }, timestamp: pino.stdTimeFunctions.isoTime, messageKey: "event" },
    output,
  );
  return {
    debug: (event, fields) => logger.debug(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
    flush: () => output.flushSync(),
  };
}
