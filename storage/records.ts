/** What storage hands out and is given, row by row: plain data with public identifiers. */
import type { Attributes, Role, Side } from "../protocol/frames.ts";

export interface ConversationRecord {
  id: string;
  site: number;
  epoch: string;
  status: "invited" | "open" | "closed";
  assignee: string | null;
  visitor: string | null;
  contact: string | null;
  visit: string | null;
  createdAt: number;
  closedAt: number | null;
  lastAt: number;
  /** First message of the visitor that no agent answered yet. */
  waitingSince: number | null;
  preview: string;
  previewSide: Side;
  previewSender: string | null;
  publicHead: number;
  staffHead: number;
  visitorCount: number;
  agentCount: number;
  visitorDelivered: number;
  visitorRead: number;
  /** The furthest of any agent. */
  agentsDelivered: number;
  agentsRead: number;
  invitation: "sent" | "delivered" | "seen" | "dismissed" | "answered" | "missed" | null;
  /** Of the visitor or contact, for lists. */
  name: string | null;
  email: string | null;
  verified: boolean;
}

export interface VisitorRecord {
  id: string;
  site: number;
  contact: string | null;
  /** Tokens with a smaller number are refused. */
  revocation: number;
  name: string | null;
  email: string | null;
  verified: boolean;
  externalId: string | null;
  locale: string | null;
  timeZone: string | null;
  attributes: Attributes;
  firstSeenAt: number;
  lastSeenAt: number;
  visits: number;
}

export interface TenantRecord {
  tenant: number;
  id: string;
  name: string;
}
export interface SiteSettings {
  /** `#rrggbb`. */
  color?: string;
  side: "left" | "right";
  /** Exact origins (`https://shop.example`); empty: every origin. */
  origins: string[];
  previews: boolean;
  remembers: boolean;
  /** An unsigned `identify` is refused. */
  requireSignature: boolean;
  reopenMs: number;
}
export interface SiteRecord {
  tenant: number;
  site: number;
  /** Stands in the snippet; unique in the installation. */
  key: string;
  name: string;
  /** Signs identities; never leaves the gateway but to owners and admins. */
  secret: string;
  department: number | null;
  settings: SiteSettings;
}
export interface DepartmentRecord {
  department: number;
  name: string;
}
export interface AgentRecord {
  tenant: number;
  id: string;
  email: string;
  name: string;
  face: string | null;
  role: Role;
  available: boolean;
  disabled: boolean;
  /** Empty: all of the tenant. */
  departments: number[];
  createdAt: number;
}
export interface SessionRecord {
  tenant: number;
  agent: string;
  createdAt: number;
  expiresAt: number;
}

export interface VisitRecord {
  id: string;
  site: number;
  /** Null: nobody's that is known, also if it was stored as somebody's before. */
  visitor: string | null;
  startedAt: number;
  endedAt: number | null;
  referrer: string;
  browser: string;
  os: string;
  form: string;
  country: string | null;
  city: string | null;
  locale: string;
  timeZone: string;
  ipAddress: string | null;
  pages: number;
}
export interface PageViewRecord {
  visit: string;
  number: number;
  url: string;
  title: string;
  enteredAt: number;
  leftAt: number | null;
}
