import type { LogEvent } from "../../protocol/frames.ts";

/** What a person wrote, or what kind of event it is. */
export function textOf({ body }: LogEvent): string {
  return "text" in body ? body.text : body.kind;
}
