import type { EventBody } from "../../protocol/frames.ts";
import type { StorageContext } from "../context.ts";
import type { AppendRequest } from "../storage.ts";

/** A request with what can be computed before the transaction. */
export interface Offer {
  readonly request: AppendRequest;
  /** Keyed hash of what the client sent; a resend has the same. */
  readonly hash: Uint8Array;
  /** {@link producerKey} */
  readonly producer: string;
}

export function makeOffer(context: StorageContext, request: AppendRequest): Offer {
  const [first] = request.events;
  return { request, hash: context.hash(first ? canonical(first.body) : ""), producer: producerKey(request) };
}

/**
 * Only what the client chose. The rest (who had the conversation before, events that come along) depends on the moment, and may
 * differ when the gateway makes the same append again for a resend.
 */
function canonical(body: EventBody): string {
  const target = body.kind === "edit" || body.kind === "delete" ? body.target : 0;
  const text = "text" in body ? body.text : "";
  return JSON.stringify([body.kind, target, body.kind === "assigned" ? body.agent : null, text]);
}

export function producerKey({
  tenant,
  producer,
  address,
}: {
  tenant: number;
  producer: string;
  address: string;
}): string {
  return `${tenant} ${producer} ${address}`;
}

export function ordinalKey(of: { tenant: number; producer: string; address: string; ordinal: number }): string {
  return `${producerKey(of)} ${of.ordinal}`;
}

export function messageKey(tenant: number, sender: string | null, messageId: string): string {
  return `${tenant} ${sender ?? ""} ${messageId}`;
}
