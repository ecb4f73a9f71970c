/**
 * What gateways tell each other. Hints only: whoever hears nothing finds out from storage. A gateway does not listen
 * to itself, because it has acted already.
 */
import type { Cursor, LogEvent, Sender } from "../../protocol/frames.ts";
import type { ConversationRecord } from "../../storage/records.ts";
import type { LogKind } from "../../storage/storage.ts";
import type { Bus } from "../bus/bus.ts";
import type { Ids, Log } from "./core.ts";

/** On a conversation's topic, heard by gateways where somebody has one of its logs open. */
export type ConversationNotice =
  | {
      readonly kind: "appended";
      readonly log: LogKind;
      readonly epoch: string;
      readonly head: number;
      readonly events: LogEvent[];
    }
  | {
      readonly kind: "typing";
      readonly log: LogKind;
      readonly sender: Sender;
      readonly active: boolean;
      readonly text?: string;
    }
  | ({ readonly kind: "positions"; readonly log: LogKind; readonly epoch: string } & Moved);

/** Whose cursors moved: the visitor's, or those of an agent. */
export type Moved =
  | { readonly side: "visitor"; readonly visitor: Cursor }
  | { readonly side: "agent"; readonly agent: string; readonly own: Cursor; readonly agents: Cursor };

/** On a tenant's topic, heard by every gateway that serves the tenant. */
export type TenantNotice =
  | { readonly kind: "conversation"; readonly record: ConversationRecord }
  /** A visitor's thread has another conversation now. */
  | { readonly kind: "thread"; readonly visitor: string | null; readonly contact: string | null }
  | { readonly kind: "agent"; readonly agent: string; readonly state: "available" | "away" | "offline" }
  /** All sessions of this agent ended, or its password is another one. */
  | { readonly kind: "signed-out"; readonly agent: string }
  | { readonly kind: "directory" };

export class Relay {
  readonly #bus: Bus;
  readonly #log: Log;
  /** New with each start: the name of a gateway may be used twice by mistake. */
  readonly #self: string;
  /** Of each own payload, which costs less than reading all of it. */
  readonly #ownBeginning: string;

  constructor(bus: Bus, ids: Ids, log: Log) {
    this.#bus = bus;
    this.#log = log;
    this.#self = ids.id();
    this.#ownBeginning = `{"from":${JSON.stringify(this.#self)},`;
  }

  get up(): boolean {
    return this.#bus.state === "up";
  }

  tellConversation(tenant: number, conversation: string, notice: ConversationNotice): void {
    this.#tell(conversationTopic(tenant, conversation), notice);
  }

  hearConversation(tenant: number, conversation: string, hear: (notice: ConversationNotice) => void): () => void {
    return this.#hear(conversationTopic(tenant, conversation), hear);
  }

  tellTenant(tenant: number, notice: TenantNotice): void {
    this.#tell(tenantTopic(tenant), notice);
  }

  hearTenant(tenant: number, hear: (notice: TenantNotice) => void): () => void {
    return this.#hear(tenantTopic(tenant), hear);
  }

  #tell(topic: string, notice: ConversationNotice | TenantNotice): void {
    this.#bus.publish(topic, JSON.stringify({ from: this.#self, notice }));
  }

  #hear<Notice>(topic: string, hear: (notice: Notice) => void): () => void {
    return this.#bus.subscribe(topic, (payload) => {
      if (payload.startsWith(this.#ownBeginning)) return;
      try {
        const heard = JSON.parse(payload) as { notice: Notice };
        hear(heard.notice);
      } catch (error) {
        this.#log.warn("bus-notice-unreadable", { topic, error: String(error) });
      }
    });
  }
}

function conversationTopic(tenant: number, conversation: string): string {
  return `conversation:${tenant}:${conversation}`;
}

function tenantTopic(tenant: number): string {
  return `tenant:${tenant}`;
}
