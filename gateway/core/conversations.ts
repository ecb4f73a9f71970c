/** The newest known state of conversations, bounded: what permissions, views and rows are made from. */
import type { ConversationRecord } from "../../storage/records.ts";
import type { Resource } from "./permissions.ts";
import type { Rooms } from "./rooms.ts";

const maxKnown = 5000;

export class Conversations {
  readonly #rooms: Rooms;
  /** In order of last use. */
  readonly #known = new Map<string, ConversationRecord>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  get(tenant: number, conversation: string): ConversationRecord | undefined {
    return this.#known.get(keyOf(tenant, conversation));
  }

  /** Null: there is none in this tenant. Rejects as storage does. */
  async find(tenant: number, conversation: string): Promise<ConversationRecord | null> {
    const known = this.get(tenant, conversation);
    if (known) return known;
    const record = await this.#rooms.storage.conversation(tenant, conversation);
    return record === null ? null : this.learn(tenant, record);
  }

  /** Read here, or heard of: all that stands on it is made anew. */
  learn(tenant: number, record: ConversationRecord): ConversationRecord {
    const key = keyOf(tenant, record.id);
    const newest = newer(this.#known.get(key), record);
    this.#known.delete(key);
    this.#known.set(key, newest);
    if (this.#known.size > maxKnown) this.#forgetOldest();
    this.#rooms.presence.conversationChanged(tenant, newest);
    this.#rooms.views.conversationChanged(tenant, newest);
    return newest;
  }

  /** Changed by an append or a receipt here: other gateways hear of it too. */
  changed(tenant: number, record: ConversationRecord): void {
    this.#rooms.relay.tellTenant(tenant, { kind: "conversation", record: this.learn(tenant, record) });
  }

  resourceOf(tenant: number, record: ConversationRecord): Resource {
    const department = this.#rooms.directory.site(tenant, record.site)?.department ?? null;
    return { tenant, department, site: record.site, visitor: record.visitor, contact: record.contact };
  }

  #forgetOldest(): void {
    const oldest = this.#known.keys().next();
    if (!oldest.done) this.#known.delete(oldest.value);
  }
}

function keyOf(tenant: number, conversation: string): string {
  return `${tenant} ${conversation}`;
}

/** Heads only grow within an epoch, and so do cursors. */
function newer(known: ConversationRecord | undefined, heard: ConversationRecord): ConversationRecord {
  if (!known || known.epoch !== heard.epoch) return heard;
  const newest = headsOf(heard) >= headsOf(known) ? heard : known;
  return {
    ...newest,
    visitorDelivered: Math.max(known.visitorDelivered, heard.visitorDelivered),
    visitorRead: Math.max(known.visitorRead, heard.visitorRead),
    agentsDelivered: Math.max(known.agentsDelivered, heard.agentsDelivered),
    agentsRead: Math.max(known.agentsRead, heard.agentsRead),
  };
}

function headsOf(record: ConversationRecord): number {
  return record.publicHead + record.staffHead;
}
