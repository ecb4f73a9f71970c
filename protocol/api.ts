/**
 * Shapes of `/api/v1`, what an agent asks for once (what changes by itself comes by frames). JSON, UTF-8, times in UTC milliseconds.
 *
 * | route | asks | answers |
 * |---|---|---|
 * | `POST /api/v1/session` | {@link SignIn} | {@link Session}, sets the cookie `beckon_session` (HttpOnly, SameSite=Strict, Secure under https) |
 * | `GET /api/v1/session` | | {@link Session}, or 204: nobody is signed in |
 * | `DELETE /api/v1/session` | | 204 |
 * | `POST /api/v1/socket-token` | | {@link SocketToken} |
 * | `PATCH /api/v1/me` | {@link OwnChange} | {@link AgentInfo} |
 * | `GET /api/v1/agents`, `POST`, `PATCH /api/v1/agents/:agent` | {@link NewAgent}, {@link AgentChange} | {@link AgentInfo}[] / one |
 * | `GET /api/v1/departments`, `POST`, `PATCH /api/v1/departments/:department` | `{name}` | {@link DepartmentInfo}[] / one |
 * | `GET /api/v1/sites`, `POST`, `PATCH /api/v1/sites/:key` | {@link NewSite}, {@link SiteChange} | {@link SiteInfo}[] / one |
 * | `GET /api/v1/visitors/:visitor` | | {@link VisitorInfo} |
 * | `GET /api/v1/visitors/:visitor/visits/:visit` | | {@link VisitInfo} of an earlier visit |
 * | `GET /api/v1/conversations?before=CURSOR` | | {@link ConversationPage}: closed ones, newest first |
 * | `GET /api/v1/conversations/:conversation` | | {@link ConversationInfo} |
 * | `GET /api/v1/search?q=TEXT&before=CURSOR` | | {@link SearchPage} |
 * | `GET /api/v1/openapi.json` | | OpenAPI 3.1 |
 *
 * Every route but sign-in, the question who is signed in, and the document needs the cookie (else 401); everything but GET also the header `X-Beckon-CSRF` with the session's `csrf`.
 * An error is {@link ApiError} with the status of `errors.ts`.
 */
import type { Attributes, AttributeValue, Role, Side } from "./frames.ts";

export interface ApiError {
  error: {
    code: string;
    detail: string;
    /** The field that is wrong. */
    field?: string;
    retryAfterMs?: number;
  };
}
export interface SignIn {
  email: string;
  password: string;
}
export interface AgentInfo {
  id: string;
  name: string;
  email: string;
  face: string | null;
  role: Role;
  available: boolean;
  disabled: boolean;
  departments: number[];
}
export interface Session {
  agent: AgentInfo;
  tenant: { id: string; name: string };
  csrf: string;
  expiresAt: number;
}
export interface SocketToken {
  token: string;
  expiresAt: number;
}
export interface OwnChange {
  name?: string;
  available?: boolean;
  password?: { current: string; next: string };
}
export interface NewAgent {
  email: string;
  name: string;
  role: Role;
  password: string;
}
export interface AgentChange {
  name?: string;
  role?: Role;
  disabled?: boolean;
  departments?: number[];
}
export interface DepartmentInfo {
  department: number;
  name: string;
}
export interface SiteInfo {
  key: string;
  name: string;
  color: string | null;
  side: "left" | "right";
  origins: string[];
  previews: boolean;
  remembers: boolean;
  requireSignature: boolean;
  reopenDays: number;
  /** Agents who are in departments see the sites of theirs, and those of none. */
  department: number | null;
  /** Owners and admins only. */
  secret?: string;
}
export interface NewSite {
  name: string;
}
export interface SiteChange {
  name?: string;
  color?: string | null;
  side?: "left" | "right";
  origins?: string[];
  previews?: boolean;
  remembers?: boolean;
  requireSignature?: boolean;
  reopenDays?: number;
  department?: number | null;
}
export interface VisitInfo {
  id: string;
  startedAt: number;
  endedAt: number | null;
  referrer: string;
  browser: string;
  os: string;
  country: string | null;
  city: string | null;
  pages: { url: string; title: string; enteredAt: number; leftAt: number | null }[];
  events: { name: string; at: number; properties: Attributes }[];
}
export interface ConversationInfo {
  id: string;
  site: string;
  siteName: string;
  status: "invited" | "open" | "closed";
  visitor: string | null;
  name: string | null;
  email: string | null;
  verified: boolean;
  handle: string;
  assignee: { id: string; name: string; face: string | null } | null;
  createdAt: number;
  lastAt: number;
  closedAt: number | null;
  preview: string;
  previewSide: Side;
}
export interface ConversationPage {
  conversations: ConversationInfo[];
  next: string | null;
}
export interface VisitorInfo {
  id: string;
  name: string | null;
  email: string | null;
  verified: boolean;
  externalId: string | null;
  handle: string;
  locale: string | null;
  timeZone: string | null;
  firstSeenAt: number;
  lastSeenAt: number;
  visits: number;
  attributes: { name: string; value: AttributeValue }[];
  conversations: ConversationInfo[];
  earlierVisits: Omit<VisitInfo, "pages" | "events">[];
}
export interface SearchPage {
  hits: {
    conversation: ConversationInfo;
    log: "public" | "staff";
    seq: number;
    at: number;
    side: Side;
    sender: string | null;
    /** Plain text around the match; `marks` are [from, to) pairs in UTF-16 units. */
    snippet: string;
    marks: [number, number][];
  }[];
  people: {
    visitor: string;
    name: string | null;
    email: string | null;
    verified: boolean;
    handle: string;
    conversation: string | null;
    lastSeenAt: number;
    matched: string;
  }[];
  next: string | null;
  partial: boolean;
}
