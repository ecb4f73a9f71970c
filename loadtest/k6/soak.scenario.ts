/**
 * A shop's week in an hour: visitors come at a steady rate, walk from page to page, every second one loses the link and comes back, every
 * fourth one chats; agents answer and close. `npm run load -- soak` starts it and watches the gateway meanwhile.
 */
import execution from "k6/execution";
import { Counter } from "k6/metrics";
import { clearInterval, setInterval, setTimeout } from "k6/timers";
import { buyToken, LoadAgent, type Login } from "./agent.ts";
import { randomId, wholeNumber } from "./machine.ts";
import { mishapsOf } from "./mishaps.ts";
import { SoakVisitor } from "./soak-visitor.ts";
import { browserOf, openFrameSocket } from "./socket.ts";

const minutes = wholeNumber("MINUTES", 60);
const sessionsPerHour = wholeNumber("SESSIONS_PER_HOUR", 20_000);
const logins = JSON.parse(open(__ENV.LOGINS ?? "../../data/demo-logins.json")) as Login[];

export const pagesEach = 5;
export const questionsEach = 25;
/** One in so many. */
const chats = 4;
const loses = 2;
const thinkMs = 1500;
const pageMs = 8000;
const arrivalTickMs = 50;
const workers = 2;
const agentSockets = 4;
const sessions = Math.floor((sessionsPerHour * minutes) / 60 / workers);
/** For the last ones to finish. */
const graceSeconds = 90;
const maxDuration = `${minutes * 60 + graceSeconds}s`;

const { doubled, refused, closedEarly, thresholds, start } = mishapsOf("soak");
const opened = new Counter("soak_sessions");
const pages = new Counter("soak_pages");
const reconnects = new Counter("soak_reconnects");
const asked = new Counter("soak_asked");
const shown = new Counter("soak_shown");
const finished = new Counter("soak_finished");

const chatting = Math.floor(sessions / chats) * workers;

export const options = {
  scenarios: {
    agents: {
      executor: "per-vu-iterations",
      exec: "agents",
      vus: agentSockets,
      iterations: 1,
      maxDuration,
      gracefulStop: "1s",
    },
    visitors: {
      executor: "per-vu-iterations",
      exec: "visitors",
      vus: workers,
      iterations: 1,
      maxDuration,
      gracefulStop: "1s",
      startTime: "2s",
    },
  },
  thresholds: {
    soak_sessions: [`count>=${sessions * workers}`],
    soak_pages: [`count>=${sessions * workers * (pagesEach - 1)}`],
    soak_reconnects: [`count>=${Math.floor(sessions / loses) * workers}`],
    soak_asked: [`count>=${chatting * questionsEach}`],
    soak_shown: [`count>=${chatting * questionsEach}`],
    soak_finished: [`count>=${sessions * workers}`],
    ...thresholds,
  },
};

export function setup(): string {
  return randomId().slice(0, 6);
}

export function agents(run: string): void {
  start();
  const index = execution.scenario.iterationInTest;
  const mine = (conversation: string): boolean => conversation.charCodeAt(0) % agentSockets === index % agentSockets;
  const agent = new LoadAgent(run, mine, questionsEach);
  const token = buyToken(logins[index % logins.length] as Login);
  openFrameSocket(browserOf(index), {
    opened(socket) {
      socket.send(agent.hello(token));
      setTimeout(() => socket.close(), (minutes * 60 + graceSeconds - 20) * 1000);
    },
    frame: (frame, socket) => agent.hears(frame, socket, questionsEach, () => undefined),
    closed(expected) {
      if (!expected) closedEarly.add(1);
    },
  });
}

export function visitors(run: string): void {
  start();
  let number = 0;
  const startedAt = Date.now();
  // Who is due comes, also where a timer was late.
  const arrivals = setInterval(() => {
    const due = Math.min(sessions, Math.floor(((Date.now() - startedAt) * sessions) / (minutes * 60_000)));
    while (number < due) {
      number += 1;
      visit(run, number);
    }
    if (number === sessions) clearInterval(arrivals);
  }, arrivalTickMs);
}

function visit(run: string, number: number): void {
  const visitor = new SoakVisitor(run, number % chats === 0 ? questionsEach : 0, {
    asked: () => asked.add(1),
    shown: () => shown.add(1),
    doubled: () => doubled.add(1),
    refused: (code) => refused.add(1, { code }),
    reconnected: () => reconnects.add(1),
    closedEarly: () => closedEarly.add(1),
    finished: () => finished.add(1),
  });
  const browser = browserOf(__VU * 1_000_000 + number);
  let page = 1;
  visitor.comes(browser, thinkMs);
  opened.add(1);
  const turn = setInterval(() => {
    if (page < pagesEach) {
      visitor.walks(page);
      pages.add(1);
      page += 1;
      if (page === 3 && number % loses === 0) visitor.losesLink();
    } else if (visitor.done) {
      clearInterval(turn);
      visitor.leaves();
    }
  }, pageMs);
}
