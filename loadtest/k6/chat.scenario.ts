/**
 * Visitors that browse and chat, agents that answer, by the real protocol. Every question and every answer is counted once on the
 * other side; the thresholds count what should have happened, because k6 ends with 0 when sockets merely died.
 *
 *   npm run load -- chat -e VISITORS=300 -e MESSAGES=20 -e LOGINS=data/demo-logins.json
 */
import execution from "k6/execution";
import { Counter, Trend } from "k6/metrics";
import { setTimeout } from "k6/timers";
import { buyToken, LoadAgent, type Login } from "./agent.ts";
import { randomId, wholeNumber } from "./machine.ts";
import { mishapsOf } from "./mishaps.ts";
import { browserOf, type FrameSocket, openFrameSocket } from "./socket.ts";
import { LoadVisitor, pageNumber } from "./visitor.ts";

const visitors = wholeNumber("VISITORS", 100);
const messages = wholeNumber("MESSAGES", 10);
const rampSeconds = wholeNumber("RAMP", 5);
const thinkMs = wholeNumber("THINK_MS", 1000);
const perWorker = Math.min(visitors, 50);
const workers = Math.ceil(visitors / perWorker);
const maxSeconds = wholeNumber("MAX_SECONDS", rampSeconds + Math.ceil((messages * (thinkMs + 1000)) / 1000) + 30);
const logins = JSON.parse(open(__ENV.LOGINS ?? "../../data/demo-logins.json")) as Login[];

const { doubled, refused, closedEarly, thresholds, start } = mishapsOf("chat");
const opened = new Counter("chat_opened");
const acked = new Counter("chat_acked");
const answered = new Counter("chat_answered");
const shown = new Counter("chat_shown");
const finished = new Counter("chat_finished");
const ackMs = new Trend("chat_ack_ms", true);
const answerMs = new Trend("chat_answer_ms", true);

const all = workers * perWorker * messages;

export const options = {
  scenarios: {
    agents: {
      executor: "per-vu-iterations",
      exec: "agents",
      vus: logins.length,
      iterations: 1,
      maxDuration: `${maxSeconds}s`,
      gracefulStop: "1s",
    },
    visitors: {
      executor: "per-vu-iterations",
      exec: "talk",
      vus: workers,
      iterations: 1,
      maxDuration: `${maxSeconds}s`,
      gracefulStop: "1s",
      startTime: "1s",
    },
  },
  thresholds: {
    chat_opened: [`count>=${workers * perWorker}`],
    chat_acked: [`count>=${all}`],
    chat_shown: [`count>=${all}`],
    chat_finished: [`count>=${workers * perWorker}`],
    ...thresholds,
  },
};

/** What tells the questions of this run from older ones. */
export function setup(): string {
  return randomId().slice(0, 6);
}

export function agents(run: string): void {
  start();
  // Not the number of the virtual user: those of both scenarios are counted together.
  const index = execution.scenario.iterationInTest;
  const agent = new LoadAgent(
    run,
    (conversation) => conversation.charCodeAt(0) % logins.length === index % logins.length,
  );
  const token = buyToken(logins[index % logins.length] as Login);
  openFrameSocket(browserOf(index), {
    opened(socket) {
      socket.send(agent.hello(token));
    },
    frame(frame, socket) {
      agent.hears(frame, socket, messages, () => answered.add(1));
      // Two more seconds, for the last answers to arrive.
      if (agent.finished() >= workers * perWorker) setTimeout(() => socket.close(), 2000);
    },
    closed(expected) {
      if (!expected) closedEarly.add(1);
    },
  });
}

export function talk(run: string): void {
  start();
  for (let index = 0; index < perWorker; index++)
    setTimeout(() => visit(run, __VU * 1000 + index), Math.random() * rampSeconds * 1000);
}

function visit(run: string, number: number): void {
  const visitor = new LoadVisitor();
  const sentAt = new Map<string, number>();
  const seen = new Set<string>();
  const ask = (socket: FrameSocket): void => {
    const text = `q ${run} ${visitor.ordinal + 1} ${visitor.secret}`;
    const frame = visitor.message(text);
    sentAt.set(frame.id, Date.now());
    sentAt.set(text.replace("q ", "a "), Date.now());
    socket.send({ kind: "page", page: pageNumber(visitor.ordinal) });
    socket.send(frame);
  };
  openFrameSocket(browserOf(number), {
    opened: (socket) => socket.send(visitor.hello()),
    frame(frame, socket) {
      if (frame.kind === "ok") {
        opened.add(1);
        ask(socket);
      }
      if (frame.kind === "refuse" || frame.kind === "error") refused.add(1, { code: frame.code });
      if (frame.kind === "ack") {
        acked.add(1);
        ackMs.add(Date.now() - (sentAt.get(frame.id) ?? Date.now()));
      }
      if (frame.kind !== "events") return;
      for (const event of frame.events) {
        if (event.sender.side !== "agent" || event.body.kind !== "text") continue;
        if (seen.has(event.body.text)) {
          doubled.add(1);
          continue;
        }
        seen.add(event.body.text);
        shown.add(1);
        answerMs.add(Date.now() - (sentAt.get(event.body.text) ?? Date.now()));
        if (seen.size < messages) setTimeout(() => ask(socket), thinkMs);
        else {
          finished.add(1);
          socket.close();
        }
      }
    },
    closed(expected) {
      if (!expected) closedEarly.add(1);
    },
  });
}
