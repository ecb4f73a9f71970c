/** The envelope in which bodies are stored: format, key and bytes, so that encryption later rewrites no table. */
import type { EventBody } from "../protocol/frames.ts";
import type { MessageRow } from "./schema.ts";

/** JSON in UTF-8, not encrypted. */
const plainFormat = 1;

type Envelope = Pick<MessageRow, "body_format" | "body_key" | "body">;

export function encodeBody(body: EventBody): Envelope {
  return { body_format: plainFormat, body_key: 0, body: Buffer.from(JSON.stringify(body), "utf8") };
}

export function decodeBody({ body_format, body }: Envelope): EventBody {
  if (body_format !== plainFormat) throw new Error(`a body has format ${body_format}, which this program cannot read`);
  return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8")) as EventBody;
}

/** An edit is stored without its text: that stands in the row which it names, and nowhere else once that row is deleted. */
export function storedBody(body: EventBody): EventBody {
  return body.kind === "edit" ? { ...body, text: "" } : body;
}
