/** The rows of the views that agents watch. They keep their own words on the wire. */
import type { Attributes, AttributeValue, Role, Side } from "./frames.ts";

/** A row of a view; `key` is unique in it. The view's name tells which of these it is. */
export type Row = VisitorRow | InboxRow | TeamRow | VisitRow;

export interface Device {
  /** Browser name and version: `Firefox 144`. */
  browser: string;
  os: string;
  form: "desktop" | "phone" | "tablet";
}
export interface TrailSegment {
  enteredAt: number;
  /** Cart or checkout. */
  money: boolean;
}

/** View `visitors`: one live visit. */
export interface VisitorRow {
  key: string;
  type: "visitor";
  /** Known where the visitor used the chat, is signed in, or the site remembers. */
  visitor?: string;
  site: string;
  siteName: string;
  name?: string;
  email?: string;
  verified: boolean;
  /** Short handle for people without a name: `7K2`. */
  handle: string;
  state: "browsing" | "invited" | "waiting" | "chatting" | "idle" | "gone";
  startedAt: number;
  /** When the last page was left; only in state `gone`. */
  leftAt?: number;
  page: { url: string; title: string; enteredAt: number };
  pages: number;
  trail: TrailSegment[];
  referrer: string;
  /** ISO 3166 code, and the city where the database has it. */
  country?: string;
  city?: string;
  device: Device;
  locale: string;
  timeZone: string;
  /** Number of visits where known; absent: not known. */
  visits?: number;
  /** The site's `cart` attribute. */
  cart?: string;
  conversation?: string;
  assignee?: { id: string; name: string; face?: string };
  waitingSince?: number;
  invitation?: { id: string; state: "sent" | "delivered" | "seen" | "dismissed"; at: number };
  unread?: number;
}

/** View `inbox`: one conversation. */
export interface InboxRow {
  key: string;
  type: "conversation";
  site: string;
  siteName: string;
  visitor?: string;
  visit?: string;
  /** The visitor's page is open now. */
  online: boolean;
  name?: string;
  email?: string;
  verified: boolean;
  handle: string;
  status: "open" | "closed";
  assignee: { id: string; name: string; face?: string } | null;
  /** First message of the visitor that nobody answered. */
  waitingSince?: number;
  lastAt: number;
  preview: string;
  previewSide: Side;
  /** Name of the agent who wrote the last message. */
  previewName?: string;
  publicHead: number;
  staffHead: number;
  /** Messages of the visitor in all; unread = this - the count that the reader has read. */
  visitorCount: number;
  agentCount: number;
  /** Messages of the visitor that the watching agent has not read. */
  unread: number;
  visitorDelivered: number;
  visitorRead: number;
}

/** View `team`: one agent. */
export interface TeamRow {
  key: string;
  type: "agent";
  name: string;
  email: string;
  role: Role;
  face?: string;
  state: "available" | "away" | "offline";
  /** Open conversations that are theirs. */
  conversations: number;
}

/** View `visit:<visit>`: the trail and what the site passed; one row. */
export interface VisitRow {
  key: string;
  type: "visit";
  visitorRow: VisitorRow;
  pages: { url: string; title: string; enteredAt: number; leftAt?: number }[];
  attributes: { name: string; value: AttributeValue }[];
  events: { name: string; at: number; properties: Attributes }[];
  /** The newest one of this visit, for every agent who may see the visitor. */
  invitation?: {
    text: string;
    agent: { id: string; name: string; face?: string };
    state: "sent" | "delivered" | "seen" | "dismissed" | "answered";
    at: number;
  };
  ipAddress?: string;
}
