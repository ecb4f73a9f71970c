/**
 * How what waits in the outbox gets out (R7): each address in its order, paused where the gateway asks for it, under a new producer where the
 * old one is spent, and once more after a restore.
 */
import type { ClientListener } from "./client-contract.ts";
import { isFinal } from "./codec.ts";
import type { Dialler, Link } from "./dialler.ts";
import type { Ack, Refuse } from "./frames.ts";
import { emptyLog, type HeldLog } from "./held-log.ts";
import { ackTimeoutMs, maxUnackedPerConnection, reofferMessages, retryFloorMs } from "./limits.ts";
import { each, filter, includes } from "./lists.ts";
import type { LogBook } from "./log-book.ts";
import { type Outbox, type OutboxEntry, publishOf } from "./outbox.ts";
import type { Timers } from "./timers.ts";

export interface Delivery {
  /** Sends what may be sent: each address in order, one producer after the other. */
  flush(): void;
  acked(frame: Ack): void;
  refused(link: Link, frame: Refuse): void;
  /** What waits for this address may go out. */
  unpause(link: Link, address: string): void;
  /** All that waits goes out under a new producer; many reasons at once make one. */
  renew(): void;
  /** What was acked, and has not been seen in its log. */
  offerAgain(lost: (entry: OutboxEntry) => boolean): void;
  /** The log was restored: what it may have lost since `since` (server time) is offered again, under the ids that it had. */
  reoffer(held: HeldLog, since: number): void;
}

/** `report`: tells the status. */
export function createDelivery(
  timers: Timers,
  outbox: Outbox,
  dialler: Dialler,
  book: LogBook,
  listener: ClientListener,
  mine: (sender: HeldLog["events"][0]["sender"]) => boolean,
  report: () => void,
): Delivery {
  /** How many may be on their way: one after a refusal, twice as many with each ack. */
  let room = maxUnackedPerConnection;

  function flush(): void {
    const link = dialler.serving();
    if (!link || link.producer !== outbox.producer || timers.waits("renew")) return;
    const waits = link.waits.slice();
    let flying = 0;
    each(outbox.waiting(), (entry) => {
      const { address } = entry;
      if (includes(waits, address)) return;
      if (entry.sentOn === link.number) flying++;
      else if (!entry.kept || flying >= room) {
        // Nothing may overtake it.
        waits.push(address);
      } else {
        flying++;
        entry.sentOn = link.number;
        // What was never in a log belongs to the newest conversation, also if a restore took that away.
        const newest = book.find(address);
        if (newest && !newest.epoch && !entry.conversation) entry.conversation = conversationOf(newest.log);
        dialler.send(publishOf(entry));
      }
      // The first goes alone: if a copy of this page sends under the same producer, its answer tells before anything else is stored.
      if (!outbox.owned[address]) waits.push(address);
    });
    if (flying && !timers.waits("ack")) timers.set("ack", ackTimeoutMs, () => dialler.end(link));
  }

  function answered(frame: Ack | Refuse): void {
    timers.clear("ack");
    listener.frame(frame);
    proceed(frame.address);
  }

  function proceed(address: string): void {
    listener.changed(address);
    flush();
    report();
  }

  /** Sends nothing to this address for a while, then all that waits, in order. */
  function pause(link: Link, address: string, delayMs: number): void {
    room = 1;
    each(outbox.entries, (entry) => {
      if (entry.address === address) entry.sentOn = 0;
    });
    link.waits.push(address);
    if (!timers.waits(`retry ${address}`)) timers.set(`retry ${address}`, delayMs, () => unpause(link, address));
  }

  function unpause(link: Link, address: string): void {
    timers.clear(`retry ${address}`);
    link.waits = filter(link.waits, (one) => one !== address);
    proceed(address);
  }

  function renew(): void {
    if (timers.waits("renew")) return;
    timers.set("renew", retryFloorMs, () => {
      outbox.restart();
      dialler.redial();
    });
  }

  function offerAgain(lost: (entry: OutboxEntry) => boolean): void {
    each(outbox.entries, (entry) => {
      if (entry.state !== "stored" || !lost(entry)) return;
      entry.state = "waiting";
      if (entry.log) entry.conversation = conversationOf(entry.log);
      renew();
    });
  }

  return {
    flush,
    acked(frame) {
      const { producer, address, ordinal, log, epoch } = frame;
      if (address === "current" && !book.find(log)) {
        // A page that is loaded again asks for it: on disk before the message leaves it.
        const born = emptyLog(address, log);
        born.epoch = epoch;
        born.dirty = true;
        book.hold(born);
        book.save();
      }
      room = Math.min(2 * room, maxUnackedPerConnection);
      outbox.stored(producer, address, ordinal, frame);
      book.headOf({ log, epoch, head: frame.seq });
      if (address !== "current") {
        const held = book.find(log);
        // Its log is not open here, so that it will never be seen to arrive; or it was not there when it was opened.
        if (!book.isOpen(log)) outbox.drop((entry) => entry.id === frame.id);
        else if (!held || !held.live) book.follow(log);
      }
      answered(frame);
    },
    refused(link, frame) {
      const { producer, address, code, expected } = frame;
      if (isFinal(frame)) {
        const named = (entry: OutboxEntry): boolean => entry.producer === producer && entry.id === frame.id;
        each(filter(outbox.entries, named), (entry) => outbox.failed(entry, code, frame.by));
      } else if (code === "mismatch" || code === "fenced") {
        // A second link of this page has said hello already: it will send what was refused here.
        if (code === "mismatch" || !dialler.trying()) renew();
      } else {
        pause(link, address, frame.retryAfterMs || retryFloorMs);
        if (expected) {
          outbox.stored(producer, address, expected - 1);
          // What is expected is not here: under this producer nothing can follow any more.
          each(outbox.ranges(), (range) => {
            if (range.address === address && range.first !== expected) renew();
          });
        }
      }
      answered(frame);
    },
    unpause,
    renew,
    offerAgain,
    reoffer({ log, address, events }, since) {
      const conversation = conversationOf(log);
      renew();
      each(events.slice(-reofferMessages).reverse(), ({ id, at, body, sender, deletedAt }) => {
        if (mine(sender) && at > since && !deletedAt && (body.kind === "text" || body.kind === "note")) {
          outbox.add({ id, address, body, createdAt: at, conversation }, true);
        }
      });
      offerAgain((entry) => entry.address === address);
    },
  };
}

function conversationOf(log: string): string {
  return log.split("/")[0] as string;
}
