/** The table of where gateways died: frame kind by await of the core. */
import type { Coverage } from "./coverage.ts";

/** `met`: died there; `open`: was there, and never died there yet. */
export function coverageLines(coverage: Coverage): string[] {
  const rows = coverage.rows().sort((a, b) => a.errand.localeCompare(b.errand) || a.point.localeCompare(b.point));
  const errands = [...new Set(rows.map(({ errand }) => errand))];
  const lines = errands.map((errand) => {
    const own = rows.filter((row) => row.errand === errand);
    const met = own.filter(({ crashed }) => crashed > 0).map(({ point, crashed }) => `${point} (${crashed})`);
    const open = own.filter(({ crashed }) => crashed === 0).map(({ point }) => point);
    return [
      `  ${errand}`,
      `    died at: ${met.join(", ") || "none"}`,
      `    not yet: ${open.join(", ") || "none"}`,
    ].join("\n");
  });
  const met = rows.filter(({ crashed }) => crashed > 0).length;
  return [`gateways died at ${met} of ${rows.length} places (frame kind x await of the core):`, ...lines];
}
