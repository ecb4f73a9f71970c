import { isIdentifier } from "../identifiers.ts";
import type { AppendRequest, AppendTarget } from "../storage.ts";

/** Throws a RangeError for what the gateway should have refused: it must not reach a batch, where it would cost others a second try. */
export function assertAppendRequest(request: AppendRequest): void {
  const ids = [request.producer, request.messageId, ...idsOf(request.target)];
  for (const { id } of [request.sender, ...request.events.flatMap(({ sender }) => sender ?? [])])
    if (id !== null) ids.push(id);
  for (const id of ids) if (!isIdentifier(id)) throw new RangeError("append: an identifier is malformed");
  if (!/^[\x21-\x7e]{1,64}$/.test(request.address)) throw new RangeError("append: the address is malformed");
  if (!Number.isSafeInteger(request.ordinal) || request.ordinal < 1) throw new RangeError("append: no such ordinal");
  if (!Number.isSafeInteger(request.at)) throw new RangeError("append: no such time");
  if (request.events.length === 0 && request.tombstone === undefined) throw new RangeError("append: nothing to append");
}

function idsOf(target: AppendTarget): string[] {
  switch (target.type) {
    case "current":
      return [
        target.visitor,
        target.newConversation,
        ...[target.visit, target.answers].filter((id) => id !== undefined),
      ];
    case "log":
      return [target.conversation];
    case "visit":
      return [target.visit, target.newConversation, ...(target.visitor === undefined ? [] : [target.visitor])];
  }
}
