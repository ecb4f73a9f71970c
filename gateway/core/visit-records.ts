/** A visit as storage keeps it, on its way there in the background. */
import type { PageViewRecord, VisitRecord } from "../../storage/records.ts";
import type { Rooms } from "./rooms.ts";
import type { Visit } from "./visit.ts";

/** As it is now; with an end also the page that was left by it. */
export function saveVisit(rooms: Rooms, visit: Visit, endedAt: number | null): void {
  if (endedAt !== null) savePage(rooms, visit, endedAt);
  rooms.recorder.visit(visit.tenant, visitRecord(visit, endedAt));
}

/** The page that is left now. */
export function savePage(rooms: Rooms, visit: Visit, leftAt: number): void {
  if (visit.pages > 0) rooms.recorder.page(visit.tenant, pageRecord(visit, leftAt));
}

function visitRecord(visit: Visit, endedAt: number | null): VisitRecord {
  return {
    id: visit.id,
    site: visit.site,
    visitor: visit.known ? visit.storedAs : null,
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
function pageRecord(visit: Visit, leftAt: number | null): PageViewRecord {
  const { id, pages, url, title, enteredAt } = visit;
  return { visit: id, number: pages, url, title, enteredAt, leftAt };
}
