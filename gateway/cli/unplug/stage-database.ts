/** The stage's database as somebody sees it who is not the gateway: what is stored, and a lock that keeps everybody else from writing. */
import { withDialect, withReader } from "../../../storage/open-storage.ts";

export interface StoredMessage {
  readonly side: "visitor" | "agent";
  readonly text: string;
}

export interface Stored {
  /** Public id of the conversation that was begun first; null: nobody has written yet. */
  readonly conversation: string | null;
  /** Its messages in the order of their log. */
  readonly messages: readonly StoredMessage[];
}

interface Row {
  readonly conversation: string;
  readonly side: string;
  readonly body: Uint8Array;
}

const query = `
  SELECT c.public_id AS conversation, m.side AS side, m.body AS body
  FROM messages m JOIN conversations c ON c.tenant = m.tenant AND c.number = m.conversation
  WHERE m.log = 0 AND m.kind = 'text' ORDER BY c.number, m.seq`;

/** By a connection of its own that may only read, as `sqlite3 -readonly` would. */
export async function readStored(path: string): Promise<Stored> {
  const rows = await withReader(path, (dialect) => dialect.read((connection) => connection.query<Row>(query, [])));
  const conversation = rows[0]?.conversation ?? null;
  const messages = rows.filter((row) => row.conversation === conversation).map(readMessage);
  return { conversation, messages };
}

function readMessage({ side, body }: Row): StoredMessage {
  const { text } = JSON.parse(Buffer.from(body).toString("utf8")) as { text: string };
  return { side: side === "visitor" ? "visitor" : "agent", text };
}

/**
 * Takes the only lock that lets a connection write; resolves when nobody else can, with what gives it back, which resolves when others can again.
 * Rejects with StorageUnavailable.
 */
export function takeWriteLock(path: string): Promise<() => Promise<void>> {
  return new Promise((taken, failed) => {
    const held = withDialect(`sqlite:${path}`, (dialect) =>
      dialect.transaction(
        "append",
        () =>
          new Promise<void>((release) =>
            taken(() => {
              release();
              return held;
            }),
          ),
      ),
    );
    held.catch(failed);
  });
}
