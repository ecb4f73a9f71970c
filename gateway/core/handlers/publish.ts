import type { Publish } from "../../../protocol/client-frames.ts";
import { type ErrorCode, errorMeanings } from "../../../protocol/errors.ts";
import type { Ack, Refuse } from "../../../protocol/frames.ts";
import {
  agentPublishBurst,
  agentPublishPerMinute,
  maxUnackedPerConnection,
  publishBurst,
  publishPerMinute,
} from "../../../protocol/limits.ts";
import { type AppendRequest, type AppendResult, StorageBusy, StorageUnavailable } from "../../../storage/storage.ts";
import { afterAppend } from "../after-append.ts";
import { OrderedReplies } from "../ordered-replies.ts";
import { type Plan, planPublish, tombstone } from "../publish-plan.ts";
import { perMinute, useRate } from "../rate.ts";
import type { Rooms } from "../rooms.ts";
import type { Session } from "../session.ts";
import type { FrameHandler } from "./table.ts";

type Place = Pick<Publish, "producer" | "address" | "ordinal" | "id">;
type Reply = (reply: Ack | Refuse) => void;

const publishRates = {
  visitor: perMinute(publishPerMinute, publishBurst),
  agent: perMinute(agentPublishPerMinute, agentPublishBurst),
};
const unavailableMs = 1000;

/**
 * Permission, append, ack, fan-out. Publishes of one connection go to storage without waiting for one another (it keeps their
 * order), and are answered in order.
 */
export const publish: FrameHandler<Publish> = {
  side: "both",
  rate: "none",
  handle(rooms, session, frame) {
    const reply = turnOf(session, frame);
    if (!reply) return;
    const later = notNow(rooms, session, frame);
    if (later) return reply(refusal(frame, later.code, false, later.retryAfterMs));
    const plan = planPublish(rooms, session, frame);
    if (!(plan instanceof Promise)) return carryOut(rooms, session, frame, plan, reply);
    return plan.then(
      (planned) => carryOut(rooms, session, frame, planned, reply),
      (error: unknown) => reply(failure(rooms, frame, error)),
    );
  },
};

/** A publish that the codec refused: its ordinal is consumed all the same (rule 19). */
export function refuseBadPublish(rooms: Rooms, session: Session, place: Place, code: ErrorCode): void {
  const reply = turnOf(session, place);
  if (!reply) return;
  const later = notNow(rooms, session, place);
  if (later) return reply(refusal(place, later.code, false, later.retryAfterMs));
  carryOut(rooms, session, place, { step: "refuse", code }, reply);
}

/** Null: too many wait for their answer; this one has its own at once, so that no queue grows. */
function turnOf(session: Session, place: Place): Reply | null {
  session.replies ??= new OrderedReplies(session.connection);
  if (session.replies.size < maxUnackedPerConnection) return session.replies.next();
  session.connection.send(refusal(place, "busy", false, unavailableMs));
  return null;
}

function notNow(rooms: Rooms, session: Session, { producer }: Place): { code: ErrorCode; retryAfterMs: number } | null {
  if (!rooms.producers.holds(session, producer)) return { code: "fenced", retryAfterMs: unavailableMs };
  const used = useRate(publishRates[session.principal.type], session.publishFullAt, rooms.clock.monotonic());
  if (!used.allowed) return { code: "rate", retryAfterMs: used.retryAfterMs };
  session.publishFullAt = used.fullAt;
  return null;
}

function carryOut(rooms: Rooms, session: Session, place: Place, plan: Plan, reply: Reply): void {
  if (plan.step === "later") return reply(refusal(place, plan.code, false, plan.retryAfterMs));
  const request = plan.step === "append" ? plan.request : tombstone(rooms, session, place, plan.code);
  void append(rooms, session, place, request, reply);
}

async function append(
  rooms: Rooms,
  session: Session,
  place: Place,
  request: AppendRequest,
  reply: Reply,
): Promise<void> {
  const startedAt = rooms.clock.monotonic();
  try {
    rooms.failPoints.reach("before-append");
    const result = await rooms.storage.append(request);
    rooms.failPoints.reach("after-append");
    rooms.metrics.observe("append", rooms.clock.monotonic() - startedAt);
    reply(answer(rooms, request.tenant, place, result));
    rooms.failPoints.reach("after-ack");
    if (result.outcome === "stored" || result.outcome === "duplicate") afterAppend(rooms, session, request, result);
  } catch (error) {
    reply(failure(rooms, place, error));
  }
}

function answer(rooms: Rooms, tenant: number, place: Place, result: AppendResult): Ack | Refuse {
  switch (result.outcome) {
    case "stored":
    case "duplicate": {
      rooms.metrics.count("publishes", 1, { outcome: result.outcome });
      const { producer, address, ordinal, id } = place;
      const log = `${result.conversation}/${result.log}`;
      return { kind: "ack", producer, address, ordinal, id, log, epoch: result.epoch, seq: result.seq, at: result.at };
    }
    case "gap":
      return { ...refusal(place, "gap", false), expected: result.expected };
    case "mismatch":
      return refusal(place, "mismatch", false);
    case "refused": {
      rooms.metrics.count("refusals", 1, { code: result.code });
      const by = result.by === undefined ? undefined : (rooms.directory.agent(tenant, result.by)?.name ?? result.by);
      return { ...refusal(place, result.code, true), ...(by === undefined ? {} : { by }) };
    }
  }
}

function failure(rooms: Rooms, place: Place, error: unknown): Refuse {
  if (error instanceof StorageBusy) return refusal(place, "busy", false, error.retryAfterMs);
  if (error instanceof StorageUnavailable) return refusal(place, "busy", false, unavailableMs);
  rooms.log.error("append-failed", { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  return refusal(place, "internal", false, unavailableMs);
}

function refusal(
  { producer, address, ordinal, id }: Place,
  code: string,
  final: boolean,
  retryAfterMs?: number,
): Refuse {
  const refuse: Refuse = { kind: "refuse", producer, address, ordinal, id, code, final };
  if (retryAfterMs !== undefined && code in errorMeanings) refuse.retryAfterMs = retryAfterMs;
  return refuse;
}
