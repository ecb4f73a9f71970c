/** The shapes of `protocol/api.ts` as schemas: they check what comes in and describe what goes out. */
import * as v from "valibot";
import { maxEmailChars, maxNameChars } from "../../protocol/limits.ts";
import { maxPasswordChars, minPasswordChars } from "../accounts/password.ts";

/** Characters that have no place in a name: controls and lone surrogates. */
const unprintable = /[\p{Cc}\p{Cs}]/u;

export const name = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, "must not be empty"),
  v.maxLength(maxNameChars, `has at most ${maxNameChars} characters`),
  v.check((text) => !unprintable.test(text), "must not contain control characters"),
);
export const email = v.pipe(v.string(), v.trim(), v.maxLength(maxEmailChars), v.email("is no e-mail address"));
export const newPassword = v.pipe(
  v.string(),
  v.minLength(minPasswordChars, `has at least ${minPasswordChars} characters`),
  v.maxLength(maxPasswordChars, `has at most ${maxPasswordChars} characters`),
);
export const role = v.picklist(["owner", "admin", "agent", "viewer"]);
const id = v.string();
const time = v.number();
const nullable = v.nullable(v.string());
const attributes = v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])));

export const signIn = v.strictObject({
  email: v.pipe(v.string(), v.maxLength(maxEmailChars)),
  password: v.pipe(v.string(), v.maxLength(maxPasswordChars)),
});
export const agentInfo = v.object({
  id,
  name: v.string(),
  email: v.string(),
  face: nullable,
  role,
  available: v.boolean(),
  disabled: v.boolean(),
  departments: v.array(v.number()),
});
export const session = v.object({
  agent: agentInfo,
  tenant: v.object({ id, name: v.string() }),
  csrf: v.string(),
  expiresAt: time,
});
export const socketToken = v.object({ token: v.string(), expiresAt: time });
export const ownChange = v.strictObject({
  name: v.optional(name),
  available: v.optional(v.boolean()),
  password: v.optional(
    v.strictObject({ current: v.pipe(v.string(), v.maxLength(maxPasswordChars)), next: newPassword }),
  ),
});
export const newAgent = v.strictObject({ email, name, role, password: newPassword });
export const agentChange = v.strictObject({
  name: v.optional(name),
  role: v.optional(role),
  disabled: v.optional(v.boolean()),
  departments: v.optional(v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1))), v.maxLength(100))),
});
/** Also renames one. */
export const newDepartment = v.strictObject({ name });
export const departmentInfo = v.object({ department: v.number(), name: v.string() });

const origin = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(/^https?:\/\/[^/\s?#@]+$/, "is no origin such as https://shop.example"),
);
const siteChoices = {
  name: v.optional(name),
  color: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/, "is no colour such as #0a5f78")))),
  side: v.optional(v.picklist(["left", "right"])),
  origins: v.optional(v.pipe(v.array(origin), v.maxLength(100))),
  previews: v.optional(v.boolean()),
  remembers: v.optional(v.boolean()),
  requireSignature: v.optional(v.boolean()),
  reopenDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(365))),
  department: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)))),
};
export const siteChange = v.strictObject(siteChoices);
export const newSite = v.strictObject({ name });
export const siteInfo = v.object({
  key: v.string(),
  name: v.string(),
  color: nullable,
  side: v.picklist(["left", "right"]),
  origins: v.array(v.string()),
  previews: v.boolean(),
  remembers: v.boolean(),
  requireSignature: v.boolean(),
  reopenDays: v.number(),
  department: v.nullable(v.number()),
  secret: v.optional(v.string()),
});

const visitFacts = {
  id,
  startedAt: time,
  endedAt: v.nullable(time),
  referrer: v.string(),
  browser: v.string(),
  os: v.string(),
  country: nullable,
  city: nullable,
};
export const visitInfo = v.object({
  ...visitFacts,
  pages: v.array(v.object({ url: v.string(), title: v.string(), enteredAt: time, leftAt: v.nullable(time) })),
  events: v.array(v.object({ name: v.string(), at: time, properties: attributes })),
});
export const conversationInfo = v.object({
  id,
  site: v.string(),
  siteName: v.string(),
  status: v.picklist(["invited", "open", "closed"]),
  visitor: nullable,
  name: nullable,
  email: nullable,
  verified: v.boolean(),
  handle: v.string(),
  assignee: v.nullable(v.object({ id, name: v.string(), face: nullable })),
  createdAt: time,
  lastAt: time,
  closedAt: v.nullable(time),
  preview: v.string(),
  previewSide: v.picklist(["visitor", "agent", "system"]),
});
export const conversationPage = v.object({ conversations: v.array(conversationInfo), next: nullable });
export const visitorInfo = v.object({
  id,
  name: nullable,
  email: nullable,
  verified: v.boolean(),
  externalId: nullable,
  handle: v.string(),
  locale: nullable,
  timeZone: nullable,
  firstSeenAt: time,
  lastSeenAt: time,
  visits: v.number(),
  attributes: v.array(
    v.object({ name: v.string(), value: v.nullable(v.union([v.string(), v.number(), v.boolean()])) }),
  ),
  conversations: v.array(conversationInfo),
  earlierVisits: v.array(v.object(visitFacts)),
});
export const searchPage = v.object({
  hits: v.array(
    v.object({
      conversation: conversationInfo,
      log: v.picklist(["public", "staff"]),
      seq: v.number(),
      at: time,
      side: v.picklist(["visitor", "agent", "system"]),
      sender: nullable,
      snippet: v.string(),
      marks: v.array(v.tuple([v.number(), v.number()])),
    }),
  ),
  people: v.array(
    v.object({
      visitor: id,
      name: nullable,
      email: nullable,
      verified: v.boolean(),
      handle: v.string(),
      conversation: nullable,
      lastSeenAt: time,
      matched: v.string(),
    }),
  ),
  next: nullable,
  partial: v.boolean(),
});
