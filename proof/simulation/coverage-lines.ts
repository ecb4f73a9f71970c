/** The table of where gateways died: frame kind by await of the core. */
import type { Coverage, Place } from "./coverage.ts";
import { knownPlaces } from "./places.ts";

/** Reached so rarely that it is a name of the moment: between two awaits another errand may have been taken up. */
const fewestReached = 20;

export function coverageLines(coverage: Coverage): string[] {
  const rows = new Map(coverage.rows().map((row) => [keyOf(row), row]));
  const known = new Set(knownPlaces.map(keyOf));
  const met = knownPlaces.filter((place) => (rows.get(keyOf(place))?.crashed ?? 0) > 0).length;
  const strangers = [...rows].filter(([key, { reached }]) => !known.has(key) && reached >= fewestReached);
  const lines = [...new Set(knownPlaces.map(({ errand }) => errand))].map((errand) => {
    const own = knownPlaces.filter((place) => place.errand === errand);
    const died = (place: Place): number => rows.get(keyOf(place))?.crashed ?? 0;
    const diedAt = own.filter((place) => died(place) > 0).map((place) => `${place.point} (${died(place)})`);
    const open = own.filter((place) => died(place) === 0).map(({ point }) => point);
    return [
      `  ${errand}`,
      `    died at: ${diedAt.join(", ") || "none"}`,
      `    not yet: ${open.join(", ") || "none"}`,
    ].join("\n");
  });
  return [
    `gateways died at ${met} of ${knownPlaces.length} places (frame kind x await of the core):`,
    ...lines,
    ...strangers.map(([key]) => `  reached, and not in simulation/places.ts: ${key}`),
  ];
}

function keyOf({ errand, point }: Place): string {
  return `${errand} at ${point}`;
}
