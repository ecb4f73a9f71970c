/**
 * Visitors that only walk from page to page, and one agent's table that shows them.
 *
 *   npm run load -- browse -e VISITORS=2000 -e PAGES=10 -e PAGE_SECONDS=10
 */
import { Counter } from "k6/metrics";
import { clearInterval, setInterval, setTimeout } from "k6/timers";
import { wholeNumber } from "./machine.ts";
import { browserOf, openFrameSocket } from "./socket.ts";
import { LoadVisitor, pageNumber } from "./visitor.ts";

const visitors = wholeNumber("VISITORS", 200);
const pagesEach = wholeNumber("PAGES", 6);
const pageSeconds = wholeNumber("PAGE_SECONDS", 5);
const rampSeconds = wholeNumber("RAMP", 5);
const perWorker = Math.min(visitors, 100);
const workers = Math.ceil(visitors / perWorker);
const maxSeconds = rampSeconds + pagesEach * pageSeconds + 20;

const opened = new Counter("browse_opened");
const pages = new Counter("browse_pages");
const finished = new Counter("browse_finished");
const refused = new Counter("browse_refused");
const closedEarly = new Counter("browse_closed_early");

export const options = {
  scenarios: {
    visitors: {
      executor: "per-vu-iterations",
      vus: workers,
      iterations: 1,
      maxDuration: `${maxSeconds}s`,
      gracefulStop: "1s",
    },
  },
  thresholds: {
    browse_opened: [`count>=${workers * perWorker}`],
    browse_pages: [`count>=${workers * perWorker * pagesEach}`],
    browse_finished: [`count>=${workers * perWorker}`],
    browse_refused: ["count<1"],
    browse_closed_early: ["count<1"],
  },
};

export default function walk(): void {
  refused.add(0);
  closedEarly.add(0);
  for (let index = 0; index < perWorker; index++)
    setTimeout(() => visit(__VU * 1000 + index), Math.random() * rampSeconds * 1000);
}

function visit(number: number): void {
  const visitor = new LoadVisitor();
  let page = 0;
  openFrameSocket(browserOf(number), {
    opened: (socket) => socket.send(visitor.hello()),
    frame(frame, socket) {
      if (frame.kind === "error") refused.add(1, { code: frame.code });
      if (frame.kind !== "ok") return;
      opened.add(1);
      const turn = setInterval(() => {
        socket.send({ kind: "page", page: pageNumber(++page) });
        pages.add(1);
        if (page < pagesEach) return;
        clearInterval(turn);
        finished.add(1);
        setTimeout(() => socket.close(), 500);
      }, pageSeconds * 1000);
    },
    closed(expected) {
      if (!expected) closedEarly.add(1);
    },
  });
}
