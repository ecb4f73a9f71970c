/** A server of the laboratory does what it is told: it dies at a point, hangs, or its clock jumps. */
import { appendFileSync } from "node:fs";
import type { FailPoint, GatewayCommand, GatewayNews } from "./gateway-orders.ts";

export const tell = (news: GatewayNews): void => void process.send?.(news);

/** Listens from now on. What it returns is called at each point: some day it does not return. */
export function obey(witnessPath: string, jump: (ms: number) => void = () => undefined): (point: string) => void {
  let wish: { point: FailPoint; after: number } | null = null;
  process.on("message", (command: GatewayCommand) => {
    if (command.do === "die-at") wish = command;
    else if (command.do === "block") block(command.ms);
    else jump(command.ms);
    tell({ done: command.do });
  });
  process.on("disconnect", () => process.exit(0));
  return (point) => {
    if (wish?.point !== point) return;
    appendFileSync(witnessPath, `${point}\n`);
    wish.after -= 1;
    if (wish.after <= 0) process.kill(process.pid, "SIGKILL");
  };
}

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
