import { useComputed } from "@preact/signals";
import type { VisitorRow } from "../../protocol/rows.ts";
import { trailPieces } from "../state/trail.ts";
import { useApp, useDesk } from "./use-app.ts";

/** The length moves on at this pace; the clock beside it ticks each second. */
const redrawMs = 5000;

/** A visit lying down: one segment per page, length is time, petrol is cart or checkout, the green end is now. */
export function TrailBar({ row }: { row: VisitorRow }) {
  const { texts, format } = useApp();
  const { seconds } = useDesk().connection.clock;
  const coarseNow = useComputed(() => Math.ceil(seconds.value / redrawMs) * redrawMs);
  const until = row.leftAt ?? Math.max(coarseNow.value, row.page.enteredAt);
  const pieces = trailPieces(row.trail, until);
  const t = texts.value.visitors;
  const label = t.trailText(
    t.pages(row.pages),
    format.value.clock((row.leftAt ?? seconds.peek()) - row.startedAt),
    row.page.title,
  );
  return (
    <span class="trail-bar" role="img" aria-label={label}>
      {pieces.map((piece, place) => (
        <span key={place} class={`trail-piece trail-${piece.kind}`} style={{ inlineSize: `${piece.length}px` }} />
      ))}
      <span class={`trail-end trail-end-${row.state === "idle" || row.state === "gone" ? row.state : "now"}`} />
      <span class="trail-count">{row.pages}</span>
    </span>
  );
}
