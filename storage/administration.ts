/** Tenants, sites, departments, agents, sessions and settings: few rows, seldom changed. */
import { createHash } from "node:crypto";
import type { StorageContext } from "./context.ts";
import type { Connection } from "./dialects/dialect.ts";
import { isIdentifier } from "./identifiers.ts";
import type {
  AgentRecord,
  DepartmentRecord,
  SessionRecord,
  SiteRecord,
  SiteSettings,
  TenantRecord,
} from "./records.ts";
import type { AgentRow, SiteRow } from "./schema.ts";
import { firstRow, insertRows, rowsOf, run, upsertRows } from "./statements.ts";
import type { Storage } from "./storage.ts";
import { inTransaction, reading } from "./transaction.ts";

type Administration = Pick<
  Storage,
  | "tenants"
  | "createTenant"
  | "sites"
  | "createSite"
  | "updateSite"
  | "departments"
  | "createDepartment"
  | "renameDepartment"
  | "agents"
  | "createAgent"
  | "updateAgent"
  | "agentByEmail"
  | "createSession"
  | "session"
  | "deleteSession"
  | "deleteSessionsOf"
  | "setting"
  | "setSettingIfAbsent"
>;

const siteColumns = ["tenant", "site", "site_key", "name", "secret", "department", "settings"] as const;
const agentColumns = [
  "tenant",
  "public_id",
  "email",
  "email_key",
  "name",
  "face",
  "role",
  "available",
  "disabled",
  "departments",
  "password_hash",
  "created_at",
] as const;

export function administrationOperations(context: StorageContext, now: () => number): Administration {
  const { dialect } = context;
  const { sql } = dialect;
  const change = <T>(work: (connection: Connection) => Promise<T>) => inTransaction(dialect, "rest", false, work);
  const read = <T>(work: (connection: Connection) => Promise<T>) => reading(dialect, work);

  return {
    tenants: () =>
      read(async (connection) => {
        const rows = await rowsOf(connection, sql.selectFrom("tenants").selectAll().orderBy("tenant"));
        return rows.map((row): TenantRecord => ({ tenant: row.tenant, id: row.public_id, name: row.name }));
      }),

    createTenant: (name) =>
      change(async (connection) => {
        const record: TenantRecord = {
          tenant: await nextNumber(context, connection, "tenant"),
          id: context.newId(),
          name,
        };
        const row = { tenant: record.tenant, public_id: record.id, name };
        await insertRows(connection, "tenants", ["tenant", "public_id", "name"], [row]);
        return record;
      }),

    sites: (tenant) =>
      read(async (connection) => {
        let query = sql.selectFrom("sites").selectAll().orderBy("tenant").orderBy("site");
        if (tenant !== null) query = query.where("tenant", "=", tenant);
        return (await rowsOf(connection, query)).map(siteRecord);
      }),

    createSite: (tenant, { key, name, secret, settings }) =>
      change(async (connection) => {
        const row: SiteRow = {
          tenant,
          site: await nextNumber(context, connection, "site"),
          site_key: key,
          name,
          secret,
          department: null,
          settings: JSON.stringify(settings),
        };
        await insertRows(connection, "sites", siteColumns, [row]);
        return siteRecord(row);
      }),

    updateSite: (tenant, site, { name, settings, secret, department }) =>
      change(async (connection) => {
        const query = sql.selectFrom("sites").selectAll().where("tenant", "=", tenant).where("site", "=", site);
        const row = await firstRow(connection, query);
        if (!row) return null;
        if (name !== undefined) row.name = name;
        if (settings !== undefined) row.settings = JSON.stringify(settings);
        if (secret !== undefined) row.secret = secret;
        if (department !== undefined) row.department = department;
        await upsertRows(connection, dialect.flags, "sites", ["tenant", "site"], siteColumns, [row]);
        return siteRecord(row);
      }),

    departments: (tenant) =>
      read((connection): Promise<DepartmentRecord[]> => {
        const query = sql.selectFrom("departments").select(["department", "name"]).where("tenant", "=", tenant);
        return rowsOf(connection, query.orderBy("department"));
      }),

    createDepartment: (tenant, name) =>
      change(async (connection) => {
        const department = await nextNumber(context, connection, "department");
        await insertRows(connection, "departments", ["tenant", "department", "name"], [{ tenant, department, name }]);
        return { department, name };
      }),

    renameDepartment: (tenant, department, name) =>
      change(async (connection) => {
        const query = sql.selectFrom("departments").select("department").where("tenant", "=", tenant);
        if (!(await firstRow(connection, query.where("department", "=", department)))) return null;
        const renamed = sql.updateTable("departments").set({ name }).where("tenant", "=", tenant);
        await run(connection, renamed.where("department", "=", department));
        return { department, name };
      }),

    agents: (tenant) =>
      read(async (connection) => {
        let query = sql.selectFrom("agents").selectAll().orderBy("tenant").orderBy("created_at").orderBy("public_id");
        if (tenant !== null) query = query.where("tenant", "=", tenant);
        return (await rowsOf(connection, query)).map(agentRecord);
      }),

    createAgent: (tenant, agent) =>
      change(async (connection) => {
        const row: AgentRow = {
          tenant,
          public_id: context.newId(),
          email: agent.email,
          email_key: emailKey(agent.email),
          name: agent.name,
          face: agent.face ?? null,
          role: agent.role,
          available: 1,
          disabled: 0,
          departments: JSON.stringify(agent.departments ?? []),
          password_hash: agent.passwordHash,
          created_at: now(),
        };
        const query = sql.selectFrom("agents").select("public_id").where("email_key", "=", row.email_key);
        if (await firstRow(connection, query)) return "conflict";
        await insertRows(connection, "agents", agentColumns, [row]);
        return agentRecord(row);
      }),

    updateAgent: async (tenant, agent, update) => {
      if (!isIdentifier(agent)) return null;
      return change(async (connection) => {
        const query = sql.selectFrom("agents").selectAll().where("tenant", "=", tenant).where("public_id", "=", agent);
        const row = await firstRow(connection, query);
        if (!row) return null;
        changeAgent(row, update);
        await upsertRows(connection, dialect.flags, "agents", ["tenant", "public_id"], agentColumns, [row]);
        return agentRecord(row);
      });
    },

    agentByEmail: (email) =>
      read(async (connection) => {
        const query = sql.selectFrom("agents").selectAll().where("email_key", "=", emailKey(email));
        const row = await firstRow(connection, query);
        return row && { agent: agentRecord(row), passwordHash: row.password_hash };
      }),

    createSession: (hash, session) =>
      change(async (connection) => {
        const row = {
          token_hash: hash,
          tenant: session.tenant,
          agent: session.agent,
          created_at: session.createdAt,
          expires_at: session.expiresAt,
        };
        const columns = ["token_hash", "tenant", "agent", "created_at", "expires_at"] as const;
        await upsertRows(connection, dialect.flags, "sessions", ["token_hash"], columns, [row]);
      }),

    session: (hash) =>
      read(async (connection): Promise<SessionRecord | null> => {
        const row = await firstRow(connection, sql.selectFrom("sessions").selectAll().where("token_hash", "=", hash));
        return row && { tenant: row.tenant, agent: row.agent, createdAt: row.created_at, expiresAt: row.expires_at };
      }),

    deleteSession: (hash) =>
      change(async (connection) => {
        await run(connection, sql.deleteFrom("sessions").where("token_hash", "=", hash));
      }),

    deleteSessionsOf: (tenant, agent, except) =>
      change(async (connection) => {
        const own = sql.deleteFrom("sessions").where("tenant", "=", tenant).where("agent", "=", agent);
        await run(connection, except === undefined ? own : own.where("token_hash", "!=", except));
      }),

    setting: (name) =>
      read(async (connection) => {
        const row = await firstRow(connection, sql.selectFrom("settings").select("content").where("name", "=", name));
        return row?.content ?? null;
      }),

    setSettingIfAbsent: (name, value) =>
      change((connection) => settingIfAbsent(context.dialect, connection, name, value)),
  };
}

/** What is stored afterwards. */
export async function settingIfAbsent(
  { flags }: StorageContext["dialect"],
  connection: Connection,
  name: string,
  value: string,
): Promise<string> {
  const row = { name, content: value };
  await upsertRows(connection, flags, "settings", ["name"], ["name", "content"], [row], {
    content: (_, stored) => stored,
  });
  const [stored] = await connection.query<{ content: string }>("SELECT content FROM settings WHERE name = ?", [name]);
  return stored?.content ?? value;
}

/** Numbers of tenants, sites and departments are small and never reused; the setting's row is the lock. */
async function nextNumber({ dialect }: StorageContext, connection: Connection, kind: string): Promise<number> {
  const name = `last-${kind}`;
  await settingIfAbsent(dialect, connection, name, "0");
  const [row] = await connection.query<{ content: string }>(
    `SELECT content FROM settings WHERE name = ?${dialect.flags.lockRows}`,
    [name],
  );
  const next = Number(row?.content ?? 0) + 1;
  await upsertRows(
    connection,
    dialect.flags,
    "settings",
    ["name"],
    ["name", "content"],
    [{ name, content: String(next) }],
  );
  return next;
}

function changeAgent(row: AgentRow, change: Parameters<Storage["updateAgent"]>[2]): void {
  if (change.name !== undefined) row.name = change.name;
  if (change.role !== undefined) row.role = change.role;
  if (change.passwordHash !== undefined) row.password_hash = change.passwordHash;
  if (change.face !== undefined) row.face = change.face;
  if (change.available !== undefined) row.available = change.available ? 1 : 0;
  if (change.disabled !== undefined) row.disabled = change.disabled ? 1 : 0;
  if (change.departments !== undefined) row.departments = JSON.stringify(change.departments);
}

/** Case makes no second account. */
function emailKey(email: string): string {
  return createHash("sha256").update(email.normalize("NFC").toLowerCase()).digest("base64url");
}

function siteRecord(row: SiteRow): SiteRecord {
  return {
    tenant: row.tenant,
    site: row.site,
    key: row.site_key,
    name: row.name,
    secret: row.secret,
    department: row.department,
    settings: JSON.parse(row.settings) as SiteSettings,
  };
}

function agentRecord(row: AgentRow): AgentRecord {
  return {
    tenant: row.tenant,
    id: row.public_id,
    email: row.email,
    name: row.name,
    face: row.face,
    role: row.role,
    available: row.available === 1,
    disabled: row.disabled === 1,
    departments: JSON.parse(row.departments) as number[],
    createdAt: row.created_at,
  };
}
