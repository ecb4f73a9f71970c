/** A visit as its first page begins it. */
import type { VisitState } from "../../protocol/frames.ts";
import type { CarrierInfo } from "./core.ts";
import type { Rooms } from "./rooms.ts";
import type { VisitorPrincipal } from "./session.ts";
import { Visit } from "./visit.ts";

export interface Arrival {
  readonly principal: VisitorPrincipal;
  readonly info: CarrierInfo;
  readonly said: VisitState;
  readonly device: Visit["device"];
  readonly trailKey: string;
  readonly referrer: string;
  readonly startedAt: number;
}

/** `shared`: the one copy of a text that many visits have. */
export function newVisit({ ids, surroundings }: Rooms, arrival: Arrival, shared: (text: string) => string): Visit {
  const { principal, info, said, device, trailKey, referrer, startedAt } = arrival;
  const { country, city } = surroundings.place(info.ipAddress);
  return new Visit({
    id: ids.id(),
    tenant: principal.tenant,
    site: principal.site,
    device: { browser: shared(device.browser), os: shared(device.os), form: device.form },
    trailKey,
    startedAt,
    ipAddress: info.ipAddress,
    referrer,
    locale: shared(said.locale),
    timeZone: shared(said.timeZone),
    country,
    city: city === undefined ? undefined : shared(city),
    visitor: principal.visitor,
  });
}
