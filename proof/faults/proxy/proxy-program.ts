/** The fault proxy: a process of its own, so that nothing that it does to sockets waits for the laboratory. Told by IPC. */
import { answerAsked } from "../helper-program.ts";
import { Line } from "./line.ts";
import type { ProxyAnswer, ProxyCommand } from "./line-trouble.ts";

const lines: Line[] = [];

async function carryOut(command: ProxyCommand): Promise<ProxyAnswer> {
  if (command.do === "listen") {
    for (let number = 0; number < command.lines; number += 1) lines.push(new Line(command.gatewayPort));
    return { ports: await Promise.all(lines.map((line) => line.listen())) };
  }
  const meant = command.line === undefined ? lines : lines.slice(command.line, command.line + 1);
  let hits = 0;
  for (const line of meant) {
    if (command.do === "trouble") line.setTrouble(command.trouble);
    else hits += command.do === "cut" ? line.cut(command.side) : line.hits;
  }
  return { hits };
}

answerAsked(carryOut);
