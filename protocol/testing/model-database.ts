/** What the gateways of `model-server.ts` share: one database in memory, and who is connected to them. */
import type { Hello, Publish } from "../client-frames.ts";
import type { Cursor, LogEvent } from "../frames.ts";
import type { ServerEnd, ServerListener } from "./wire.ts";

interface Stored {
  id: string;
  body: string;
  result: { log: string; seq: number; at: number } | { refused: string };
}
export interface Conversation {
  id: string;
  visitor: string;
  createdAt: number;
  logs: { public: LogEvent[]; staff: LogEvent[] };
  visitorAt: Cursor;
  agentsAt: Cursor;
}
interface State {
  generation: number;
  conversations: Conversation[];
  /** By producer and address. */
  ordinals: { [place: string]: Stored[] };
  /** By sender and message id. */
  ids: { [place: string]: { log: string; seq: number; at: number } };
}
export interface Database {
  state: State;
  gateways: Gateway[];
  fences: Map<string, { incarnation: number; nonce: string; session: Session }>;
  /** All texts that were ever acked. */
  backup(): string;
  /** What came after the backup is gone; the generation tells. */
  restore(backup: string): void;
  texts(): string[];
}
export interface Session {
  end: ServerEnd;
  hello: Hello | null;
  who: string;
  /** Logs that are open here: the address they were opened under, and the seq up to which they were sent. */
  logs: Map<string, { address: string; at: number }>;
  current: boolean;
  over: boolean;
}
export interface Gateway {
  sessions: Session[];
  /** Refusals that a test wants: a code, or null to accept. */
  refuse: (frame: Publish) => { code: string; final: boolean; retryAfterMs?: number } | null;
  /** Whether a hint to the other sessions is lost. */
  loseHint: () => boolean;
  connect(end: ServerEnd): ServerListener;
  /** The process is gone: nobody is told. */
  kill(): void;
  go(withinMs: number): void;
}

export function createDatabase(): Database {
  const database: Database = {
    state: { generation: 1, conversations: [], ordinals: {}, ids: {} },
    gateways: [],
    fences: new Map(),
    backup: () => JSON.stringify(database.state),
    restore(backup) {
      const generation = database.state.generation + 1;
      database.state = { ...(JSON.parse(backup) as State), generation };
    },
    texts: () =>
      database.state.conversations.flatMap(({ logs }) =>
        logs.public.flatMap(({ body }) => (body.kind === "text" ? [body.text] : [])),
      ),
  };
  return database;
}
