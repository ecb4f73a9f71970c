import type { VisitRow } from "../../../protocol/rows.ts";
import type { Person } from "./people.ts";
import { jonas } from "./team.ts";
import { minuteMs, secondMs } from "./times.ts";
import { visitorRow } from "./visitor-rows.ts";

const henrikPages = [
  "Home",
  "Boots",
  "Moraine GTX boots",
  "Size guide, boots",
  "Moraine GTX boots",
  "My orders",
  "Storm gaiters",
];
const henrikDwell = [18, 64, 322, 141, 96, 45, 188];

export function visitRow(person: Person, now: number): VisitRow {
  const row = visitorRow(person, now);
  const titles =
    person.key === "henrik"
      ? henrikPages
      : row.trail.map((_, place) =>
          place === row.trail.length - 1
            ? person.page
            : (["Home", "Tents", "Tarn 2 tent", "Tarn 3 tent"][place % 4] as string),
        );
  let at = now - henrikDwell.reduce((sum, seconds) => sum + seconds, 0) * secondMs;
  const pages = titles.map((title, place) => {
    const enteredAt = person.key === "henrik" ? at : (row.trail[place]?.enteredAt ?? now);
    at += (henrikDwell[place] ?? 0) * secondMs;
    return {
      url:
        place === titles.length - 1
          ? row.page.url
          : `https://northslope.example/${title.toLowerCase().replace(/\W+/g, "-")}`,
      title,
      enteredAt,
    };
  });
  return {
    key: row.key,
    type: "visit",
    visitorRow: row,
    pages,
    attributes:
      person.key === "henrik"
        ? [
            { name: "Customer", value: "since 2019" },
            { name: "Spent", value: "€ 1,284" },
            { name: "Last order", value: "48213, packed" },
            { name: "Campaign", value: "spring-boots" },
          ]
        : [],
    ...(person.state === "invited"
      ? {
          invitation: {
            text: "The Tarn 2 is back in green since this morning. Shall I put one aside for you?",
            agent: jonas,
            state: "seen" as const,
            at: now - 50 * secondMs,
          },
        }
      : {}),
    events:
      person.key === "henrik" ? [{ name: "size guide", at: now - 6 * minuteMs, properties: { model: "Moraine" } }] : [],
  };
}
