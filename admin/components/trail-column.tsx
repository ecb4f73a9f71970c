import { pageHeight, pathOf, type StandingPage } from "../state/trail.ts";
import { Since } from "./ticking.tsx";
import { useApp, useDesk } from "./use-app.ts";

/** A visit standing: when, how long, which page. The live end is green and ticks. */
export function TrailColumn({
  pages,
  live,
  paths = false,
}: {
  pages: readonly StandingPage[];
  live: boolean;
  paths?: boolean;
}) {
  const { format } = useApp();
  const { clock } = useDesk().connection;
  const shown = pages.slice(-40);
  return (
    <ol class="trail-column">
      {shown.map((page, place) => {
        const now = live && page.leftAt === null && place === shown.length - 1;
        const dwell = (page.leftAt ?? clock.now()) - page.enteredAt;
        const kind = page.money ? "money" : now ? "now" : "past";
        return (
          <li
            key={`${page.enteredAt}${place}`}
            class={now ? "trail-page trail-page-now" : "trail-page"}
            style={{ minBlockSize: `${pageHeight(dwell)}px` }}
          >
            <time class="trail-time">{format.value.time(page.enteredAt)}</time>
            <span class="trail-rail" aria-hidden="true">
              <span class={`trail-stem trail-${kind}`} />
              {now && <span class="trail-now-dot" />}
            </span>
            <span class="trail-title" title={page.url}>
              <span dir="auto">{page.title || pathOf(page.url)}</span>
              {paths && <bdi class="trail-path">{pathOf(page.url)}</bdi>}
            </span>
            <span class="trail-dwell">
              {page.leftAt === null && live ? <Since at={page.enteredAt} /> : format.value.clock(dwell)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
