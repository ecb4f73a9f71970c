/**
 * What nobody caught. An exception may have left anything half done: the gateway logs it, leaves in order and exits with 1,
 * and its supervisor starts another one. A rejection that nobody waited for is one operation that failed and told nobody:
 * whoever asked hears nothing and asks again, and everybody else is served on. Ending for it would let one request that
 * finds such a defect disconnect all.
 */
import type { LogFields } from "../core/core.ts";
import type { Gateway } from "../main.node.ts";

/** Short: a gateway in an unknown state is not one to be served by. */
const leaveMs = 2000;
/** If leaving itself does not come to an end. */
const giveUpMs = 10_000;

export function watchForStrays(gateway: Gateway): void {
  process.on("unhandledRejection", (reason) => {
    gateway.metrics.count("unhandled_rejections");
    gateway.log.error("unhandled-rejection", traceOf(reason));
  });
  process.on("uncaughtException", (error) => {
    gateway.metrics.count("uncaught_exceptions");
    gateway.log.error("uncaught-exception", traceOf(error));
    setTimeout(() => process.exit(1), giveUpMs).unref();
    const end = (): never => process.exit(1);
    gateway.stop(leaveMs).then(end, end);
  });
}

/** Where it happened. What an error says may quote what somebody wrote, so that stays out. */
export function traceOf(reason: unknown): LogFields {
  if (!(reason instanceof Error)) return { error: typeof reason };
  const frames = (reason.stack ?? "")
    .replace(reason.message, "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line));
  const { code } = reason as NodeJS.ErrnoException;
  return { error: reason.name, code: typeof code === "string" ? code : undefined, at: frames.join("\n") };
}
