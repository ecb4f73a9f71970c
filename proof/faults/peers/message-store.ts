/** Where the servers of all peers keep messages, as durable as Beckon does: a commit for each, synced. */
import Database from "better-sqlite3";

export interface StoredMessage {
  /** 1, 2, 3 ... in the order in which they were stored. */
  readonly id: number;
  readonly text: string;
}

export class MessageStore {
  readonly #database: Database;

  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.pragma("journal_mode = WAL");
    this.#database.pragma("synchronous = FULL");
    this.#database.exec(
      "CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY AUTOINCREMENT, client_offset TEXT UNIQUE, text TEXT)",
    );
  }

  /** Returns its id when it is committed; null: another one has this client offset already. */
  add(text: string, clientOffset: string | null): number | null {
    const insert = this.#database.prepare(
      "INSERT INTO messages (text, client_offset) VALUES (?, ?) ON CONFLICT (client_offset) DO NOTHING RETURNING id",
    );
    const [row] = insert.all([text, clientOffset]) as { id: number }[];
    return row?.id ?? null;
  }

  /** After this one. */
  since(id: number): StoredMessage[] {
    const rows = this.#database.prepare("SELECT id, text FROM messages WHERE id > ? ORDER BY id").all([id]);
    return rows as StoredMessage[];
  }

  close(): void {
    this.#database.close();
  }
}
