/** Visits, page views and events that a site passed: written in background batches, read one visit at a time. */
import { createHash } from "node:crypto";
import type { Attributes } from "../protocol/frames.ts";
import { visitColumns } from "./columns.ts";
import type { StorageContext } from "./context.ts";
import type { Connection } from "./dialects/dialect.ts";
import { identifiersOf, isIdentifier } from "./identifiers.ts";
import { findVisitors, lockVisitors, writeVisitors } from "./person-rows.ts";
import type { PageViewRecord, VisitRecord } from "./records.ts";
import type { PageViewRow, VisitEventRow, VisitRow } from "./schema.ts";
import { rowsOf, upsertRows, whereTenantAndIn } from "./statements.ts";
import { inTransaction, reading } from "./transaction.ts";

const pageViewColumns = ["tenant", "visit", "number", "url", "title", "entered_at", "left_at"] as const;
const visitEventColumns = ["tenant", "visit", "at", "fingerprint", "name", "properties"] as const;

/** What agents are told of how often somebody came. */
const maxCountedVisits = 1000;
/** Devices and page loads of one person that are looked at for earlier visits. */
const maxOwners = 200;

export function visitOperations(context: StorageContext) {
  const { dialect } = context;
  return {
    async saveVisits(tenant: number, visits: VisitRecord[], pages: PageViewRecord[]): Promise<void> {
      const newest = new Map(visits.filter(({ id }) => isIdentifier(id)).map((visit) => [visit.id, visit]));
      const ids = identifiersOf([...new Set([...newest.keys(), ...pages.map(({ visit }) => visit)])]);
      if (ids.length === 0) return;
      await inTransaction(dialect, "rest", true, async (connection) => {
        const stored = await findVisits(context, connection, tenant, ids);
        const rows = [...newest.values()].map((visit) => visitRow(context, tenant, visit, stored.get(visit.id)));
        await countVisits(context, connection, tenant, rows, stored);
        await upsertRows(connection, dialect.flags, "visits", ["tenant", "number"], visitColumns, rows);
        for (const row of rows) stored.set(row.public_id, row);
        // Pages of a visit that was never saved belong to nobody.
        const views = pages.flatMap((page) => pageViewRow(tenant, page, stored.get(page.visit)));
        const distinct = [...new Map(views.map((view) => [`${view.visit} ${view.number}`, view])).values()];
        await upsertRows(
          connection,
          dialect.flags,
          "page_views",
          ["tenant", "visit", "number"],
          pageViewColumns,
          distinct,
        );
      });
    },

    async saveVisitEvents(
      tenant: number,
      events: { visit: string; name: string; at: number; properties: Attributes }[],
    ): Promise<void> {
      const rows = events
        .filter(({ visit }) => isIdentifier(visit))
        .map(({ visit, name, at, properties }): VisitEventRow => {
          const text = JSON.stringify(properties);
          return { tenant, visit, at, fingerprint: fingerprintOf(name, text), name, properties: text };
        });
      const distinct = [...new Map(rows.map((row) => [`${row.visit} ${row.at} ${row.fingerprint}`, row])).values()];
      if (distinct.length === 0) return;
      const keys = ["tenant", "visit", "at", "fingerprint"] as const;
      await inTransaction(dialect, "rest", true, (connection) =>
        upsertRows(connection, dialect.flags, "visit_events", keys, visitEventColumns, distinct),
      );
    },

    async earlierVisits(tenant: number, visitor: string, before: number, limit: number): Promise<VisitRecord[]> {
      if (!isIdentifier(visitor)) return [];
      const rows = await reading(dialect, async (connection) =>
        rowsOf(
          connection,
          visitsOf(context, tenant, await ownersOf(context, connection, tenant, visitor))
            .selectAll()
            .where("started_at", "<", before)
            .orderBy("started_at", "desc")
            .limit(limit),
        ),
      );
      return rows.map(visitRecord);
    },

    async visitCount(tenant: number, visitor: string): Promise<number> {
      if (!isIdentifier(visitor)) return 0;
      const rows = await reading(dialect, async (connection) =>
        rowsOf(
          connection,
          visitsOf(context, tenant, await ownersOf(context, connection, tenant, visitor))
            .select("number")
            .limit(maxCountedVisits),
        ),
      );
      return rows.length;
    },

    async pageViews(tenant: number, visit: string, limit: number): Promise<PageViewRecord[]> {
      if (!isIdentifier(visit)) return [];
      const rows = await reading(dialect, (connection) =>
        rowsOf(
          connection,
          dialect.sql
            .selectFrom("page_views")
            .innerJoin("visits", (join) =>
              join.onRef("visits.tenant", "=", "page_views.tenant").onRef("visits.number", "=", "page_views.visit"),
            )
            .selectAll("page_views")
            .where("visits.tenant", "=", tenant)
            .where("visits.public_id", "=", visit)
            .orderBy("page_views.number")
            .limit(limit),
        ),
      );
      return rows.map((row) => ({
        visit,
        number: row.number,
        url: row.url,
        title: row.title,
        enteredAt: row.entered_at,
        leftAt: row.left_at,
      }));
    },

    async visitEvents(tenant: number, visit: string, limit: number) {
      if (!isIdentifier(visit)) return [];
      const rows = await reading(dialect, (connection) =>
        rowsOf(
          connection,
          dialect.sql
            .selectFrom("visit_events")
            .select(["name", "at", "properties"])
            .where("tenant", "=", tenant)
            .where("visit", "=", visit)
            .orderBy("at")
            .limit(limit),
        ),
      );
      return rows.map(({ name, at, properties }) => ({ name, at, properties: JSON.parse(properties) as Attributes }));
    },
  };
}

/** The visitor, and those that the same person was on other devices: the ones seen last. */
async function ownersOf(
  { dialect }: StorageContext,
  connection: Connection,
  tenant: number,
  visitor: string,
): Promise<string[]> {
  const [row] = await findVisitors(connection, [{ tenant, value: visitor }]);
  if (!row || row.contact === null) return [visitor];
  const linked = await connection.query<{ public_id: string }>(
    `SELECT public_id FROM visitors${dialect.flags.byIndex("visitors_by_contact")} WHERE tenant = ? AND contact = ? ORDER BY last_seen_at DESC LIMIT ?`,
    [tenant, row.contact, maxOwners],
  );
  return [...new Set([visitor, ...linked.map(({ public_id }) => public_id)])];
}

function visitsOf({ dialect }: StorageContext, tenant: number, visitors: readonly string[]) {
  return dialect.sql.selectFrom("visits").where("tenant", "=", tenant).where("visitor", "in", visitors);
}

async function findVisits(
  { dialect }: StorageContext,
  connection: Connection,
  tenant: number,
  ids: readonly string[],
): Promise<Map<string, VisitRow>> {
  const where = whereTenantAndIn(
    "public_id",
    ids.map((value) => ({ tenant, value })),
  );
  const rows = await connection.query<VisitRow>(
    `SELECT * FROM visits${dialect.flags.byIndex("visits_by_public_id")} WHERE ${where.text}`,
    where.values,
  );
  return new Map(rows.map((row) => [row.public_id, row]));
}

/** A visit counts for its visitor once: when it is first stored with them. */
async function countVisits(
  context: StorageContext,
  connection: Connection,
  tenant: number,
  rows: readonly VisitRow[],
  stored: ReadonlyMap<string, VisitRow>,
): Promise<void> {
  const counted = rows.filter(
    ({ public_id, visitor }) => visitor !== null && stored.get(public_id)?.visitor !== visitor,
  );
  if (counted.length === 0) return;
  const ids = [...new Set(counted.flatMap(({ visitor }) => (visitor === null ? [] : [visitor])))];
  const visitors = await lockVisitors(
    context,
    connection,
    ids.map((value) => ({ tenant, value })),
  );
  for (const visitor of visitors) {
    for (const visit of counted) {
      if (visit.visitor !== visitor.public_id) continue;
      visitor.visits += 1;
      visitor.last_seen_at = Math.max(visitor.last_seen_at, visit.ended_at ?? visit.started_at);
    }
  }
  await writeVisitors(context, connection, visitors);
}

function visitRow(context: StorageContext, tenant: number, visit: VisitRecord, stored: VisitRow | undefined): VisitRow {
  return {
    tenant,
    number: stored?.number ?? context.newNumber(visit.startedAt),
    public_id: visit.id,
    site: visit.site,
    visitor: visit.visitor,
    started_at: visit.startedAt,
    ended_at: visit.endedAt,
    referrer: visit.referrer,
    browser: visit.browser,
    os: visit.os,
    form: visit.form,
    country: visit.country,
    city: visit.city,
    locale: visit.locale,
    time_zone: visit.timeZone,
    ip_address: visit.ipAddress,
    pages: visit.pages,
  };
}

function pageViewRow(tenant: number, page: PageViewRecord, visit: VisitRow | undefined): PageViewRow[] {
  if (!visit) return [];
  const { number, url, title, enteredAt, leftAt } = page;
  return [{ tenant, visit: visit.number, number, url, title, entered_at: enteredAt, left_at: leftAt }];
}

function visitRecord(row: VisitRow): VisitRecord {
  return {
    id: row.public_id,
    site: row.site,
    visitor: row.visitor,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    referrer: row.referrer,
    browser: row.browser,
    os: row.os,
    form: row.form,
    country: row.country,
    city: row.city,
    locale: row.locale,
    timeZone: row.time_zone,
    ipAddress: row.ip_address,
    pages: row.pages,
  };
}

function fingerprintOf(name: string, properties: string): string {
  return createHash("sha256")
    .update(JSON.stringify([name, properties]))
    .digest("base64url");
}
