import type { VisitorRow } from "../../../protocol/rows.ts";
import { idOf } from "../id-of.ts";
import type { Person } from "./people.ts";
import { secondMs } from "./times.ts";

export function visitorRow(person: Person, now: number): VisitorRow {
  const at = (seconds: number) => now - seconds * secondMs;
  const past = person.pages - 1;
  const trail = Array.from({ length: person.pages }, (_, place) => ({
    enteredAt:
      place === past
        ? at(person.dwell)
        : at(person.onSite) + (place * (person.onSite - person.dwell) * secondMs) / Math.max(1, past),
    money: place >= person.pages - (person.money ?? 0),
  }));
  const conversation = person.with || person.waited !== undefined ? idOf(`c-${person.key}`) : undefined;
  return {
    key: idOf(person.key),
    type: "visitor",
    site: "ns_7Qd2",
    siteName: "northslope.example",
    verified: person.name !== undefined,
    handle: person.key.replace(/^v/, "").toUpperCase(),
    state: person.state ?? (person.waited !== undefined ? "waiting" : person.with ? "chatting" : "browsing"),
    startedAt: at(person.onSite),
    page: { url: `https://northslope.example${person.path}`, title: person.page, enteredAt: at(person.dwell) },
    pages: person.pages,
    trail,
    referrer: person.from ?? "",
    device: {
      browser: person.browser ?? "Chrome 141",
      os: person.form === "phone" ? "Android" : "Linux",
      form: person.form ?? "desktop",
    },
    locale: person.place?.[1] === "CN" ? "zh-CN" : person.place?.[1] === "NO" ? "nb-NO" : "en-GB",
    timeZone: person.place?.[1] === "CN" ? "Asia/Shanghai" : "Europe/Oslo",
    ...(person.name === undefined
      ? {}
      : { name: person.name, visitor: idOf(`${person.key}-person`), email: `${person.key}@mail.example` }),
    ...(person.visits === undefined ? {} : { visits: person.visits }),
    ...(person.place ? { city: person.place[0], country: person.place[1] } : {}),
    ...(person.cart === undefined ? {} : { cart: person.cart }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(person.with ? { assignee: person.with } : {}),
    ...(person.waited === undefined ? {} : { waitingSince: at(person.waited) }),
    ...(person.unread === undefined ? {} : { unread: person.unread }),
    ...(person.state === "invited" ? { invitation: { id: idOf("invite"), state: "seen" as const, at: at(20) } } : {}),
  };
}

/** Visitors who only browse, so that the table has to scroll. */
export function crowd(count: number, now: number): VisitorRow[] {
  return Array.from({ length: count }, (_, place) =>
    visitorRow(
      {
        key: `x${place}`,
        page: place % 3 === 0 ? "Tarn 3 tent" : "Down care",
        path: `/p/${place}`,
        dwell: 400 + place * 7,
        onSite: 500 + place * 13,
        pages: 1 + (place % 4),
        place: ["Turin", "IT"],
        browser: "Chrome 141",
        ...(place % 5 === 0 ? { state: "idle" } : {}),
      },
      now,
    ),
  );
}
