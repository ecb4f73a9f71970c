/** A visit as storage keeps it. */
import type { PageViewRecord, VisitRecord } from "../../storage/storage.ts";
import type { Visit } from "./visit.ts";

export function visitRecord(visit: Visit, endedAt: number | null): VisitRecord {
  return {
    id: visit.id,
    site: visit.site,
    visitor: visit.known ? visit.visitor : null,
    startedAt: visit.startedAt,
    endedAt,
    referrer: visit.referrer,
    browser: visit.device.browser,
    os: visit.device.os,
    form: visit.device.form,
    country: visit.country ?? null,
    city: visit.city ?? null,
    locale: visit.locale,
    timeZone: visit.timeZone,
    ipAddress: visit.ipAddress === "" ? null : visit.ipAddress,
    pages: visit.pages,
  };
}

/** Its newest page. */
export function pageRecord(visit: Visit, leftAt: number | null): PageViewRecord {
  const { id, pages, url, title } = visit;
  const enteredAt = visit.enteredAt[visit.enteredAt.length - 1] ?? visit.startedAt;
  return { visit: id, number: pages, url, title, enteredAt, leftAt };
}
