/**
 * The tables, as Kysely sees them. `migrations/` creates them; a test compares the two.
 *
 * Every row carries its tenant. Rows are numbered below 2^53 inside (`number`), public identifiers stand beside them and never
 * change. Times are UTC milliseconds, truth values 0 or 1.
 */
export type Flag = 0 | 1;
export type StatusWord = "invited" | "open" | "closed";
export type SideWord = "visitor" | "agent" | "system";
export type InvitationWord = "sent" | "delivered" | "seen" | "dismissed" | "answered" | "missed";

/** One row per conversation: both heads, all counters, and the only lock of an append. */
export interface ConversationRow {
  tenant: number;
  number: number;
  public_id: string;
  site: number;
  /** The conversation's own part of its epoch; the store's generation comes before it. */
  epoch_part: string;
  status: StatusWord;
  assignee: string | null;
  visitor: string | null;
  contact: string | null;
  visit: string | null;
  /** The visit while it is only invited, then null: unique, so that two agents never start two invitations. */
  invited_visit: string | null;
  created_at: number;
  closed_at: number | null;
  last_at: number;
  waiting_since: number | null;
  preview: string;
  /** Public seq of the message that the preview shows, 0: none. */
  preview_seq: number;
  preview_side: SideWord;
  preview_sender: string | null;
  public_head: number;
  staff_head: number;
  /** First seq that retention has left. */
  public_first: number;
  staff_first: number;
  /** Fingerprint of the consumers that all have a mark on this log; 0: one of them may have none. */
  public_marked: number;
  staff_marked: number;
  visitor_count: number;
  agent_count: number;
  visitor_delivered: number;
  visitor_read: number;
  agents_delivered: number;
  agents_read: number;
  invitation: InvitationWord | null;
  name: string | null;
  email: string | null;
  verified: Flag;
}

/** Clustered by (tenant, conversation, log, seq): a page of history is one range. */
export interface MessageRow {
  tenant: number;
  conversation: number;
  /** 0: public, 1: staff. */
  log: number;
  seq: number;
  message_id: string;
  producer: string;
  ordinal: number;
  at: number;
  side: SideWord;
  sender: string | null;
  kind: string;
  /** Envelope of the body: how `body` is to be read (1: JSON in UTF-8), under which key (0: none). */
  body_format: number;
  body_key: number;
  body: Uint8Array;
  /** Keyed hash of the body as it was appended; edits leave it, so that a chain over it can be verified after an erasure. */
  body_hash: Uint8Array;
  /** Staff logs: the public head that it came after. */
  after_seq: number | null;
  edited_at: number | null;
  deleted_at: number | null;
  visitor_count: number;
  agent_count: number;
  /** Hash over this row and the row before, and its salt; nothing fills them yet. */
  chain: Uint8Array | null;
  chain_salt: Uint8Array | null;
}

/** What became of each ordinal, for ever. */
export interface OrdinalRow {
  tenant: number;
  producer: string;
  /** As the client named it. */
  address: string;
  ordinal: number;
  /** Empty: the system. */
  sender: string;
  message_id: string;
  /** 1 where the message id was seen first, null where it was offered again: (tenant, sender, message_id, original) is unique. */
  original: 1 | null;
  /** Keyed hash of what the client sent. */
  hash: Uint8Array;
  /** Null: refused before it had a conversation. */
  conversation: number | null;
  log: number;
  seq: number;
  at: number;
  /** A tombstone: the final refusal, and who won. */
  code: string | null;
  winner: string | null;
}

export interface VisitorRow {
  tenant: number;
  number: number;
  public_id: string;
  site: number;
  contact: string | null;
  revocation: number;
  name: string | null;
  email: string | null;
  locale: string | null;
  time_zone: string | null;
  attributes: string;
  /** Name, e-mail and attributes as search sees them. */
  search_text: string;
  first_seen_at: number;
  last_seen_at: number;
  visits: number;
  /** Newest conversation, if they are not linked to a contact. */
  current_conversation: number | null;
}

/** A person that a site vouches for: several visitors (devices) may be linked to one. */
export interface ContactRow {
  tenant: number;
  number: number;
  public_id: string;
  site: number;
  external_id: string;
  /** Hash of the external id: unique for (tenant, site), exact in every collation. */
  external_key: string;
  name: string | null;
  email: string | null;
  current_conversation: number | null;
  created_at: number;
}

/** Positions of agents; the visitor's stand on the conversation. */
export interface ReceiptRow {
  tenant: number;
  conversation: number;
  log: number;
  reader: string;
  delivered_seq: number;
  read_seq: number;
}

export interface DirtyRow {
  consumer: string;
  tenant: number;
  conversation: number;
  log: number;
  done: number;
  /** When the mark was set, 0: clean. */
  dirty_since: number;
}

export interface VisitRow {
  tenant: number;
  number: number;
  public_id: string;
  site: number;
  visitor: string | null;
  started_at: number;
  ended_at: number | null;
  referrer: string;
  browser: string;
  os: string;
  form: string;
  country: string | null;
  city: string | null;
  locale: string;
  time_zone: string;
  ip_address: string | null;
  pages: number;
}

export interface PageViewRow {
  tenant: number;
  visit: number;
  number: number;
  url: string;
  title: string;
  entered_at: number;
  left_at: number | null;
}

export interface VisitEventRow {
  tenant: number;
  visit: string;
  at: number;
  /** Hash of name and properties: an event that is saved again is no second one. */
  fingerprint: string;
  name: string;
  properties: string;
}

export interface TenantRow {
  tenant: number;
  public_id: string;
  name: string;
}
export interface SiteRow {
  tenant: number;
  site: number;
  site_key: string;
  name: string;
  secret: string;
  department: number | null;
  settings: string;
}
export interface DepartmentRow {
  tenant: number;
  department: number;
  name: string;
}
export interface AgentRow {
  tenant: number;
  public_id: string;
  email: string;
  /** Hash of the folded e-mail: unique in the installation. */
  email_key: string;
  name: string;
  face: string | null;
  role: "owner" | "admin" | "agent" | "viewer";
  available: Flag;
  disabled: Flag;
  departments: string;
  password_hash: string;
  created_at: number;
}
export interface SessionRow {
  token_hash: string;
  tenant: number;
  agent: string;
  created_at: number;
  expires_at: number;
}
/** Small values of the installation, and the next number of each kind that is counted. */
export interface SettingRow {
  name: string;
  content: string;
}
export interface ConsumerRow {
  name: string;
}

export interface MigrationRow {
  number: number;
  name: string;
  checksum: string;
  applied_at: number;
}

export interface Schema {
  conversations: ConversationRow;
  messages: MessageRow;
  ordinals: OrdinalRow;
  visitors: VisitorRow;
  contacts: ContactRow;
  receipts: ReceiptRow;
  dirty_logs: DirtyRow;
  visits: VisitRow;
  page_views: PageViewRow;
  visit_events: VisitEventRow;
  tenants: TenantRow;
  sites: SiteRow;
  departments: DepartmentRow;
  agents: AgentRow;
  sessions: SessionRow;
  settings: SettingRow;
  consumers: ConsumerRow;
  migrations: MigrationRow;
}
