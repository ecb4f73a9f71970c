import { useComputed } from "@preact/signals";
import type { VisitorRow } from "../../protocol/rows.ts";
import { waitLevel } from "../state/inbox-groups.ts";
import { useApp, useDesk } from "./use-app.ts";

/** Time since a moment, as a clock that moves on in place each second; nothing around it is drawn again. */
export function Since({ at }: { at: number }) {
  const { format } = useApp();
  const { seconds } = useDesk().connection.clock;
  return <SignalText key={at} read={() => format.value.clock(seconds.value - at)} />;
}

/** How long somebody has been on the site; it stands still when they have left. */
export function TimeOnSite({ row }: { row: Pick<VisitorRow, "startedAt" | "leftAt"> }) {
  const { format } = useApp();
  if (row.leftAt === undefined) return <Since at={row.startedAt} />;
  return <>{format.value.clock(row.leftAt - row.startedAt)}</>;
}

/** `5 s`, `3:20`: for sentences. */
export function Ago({ at }: { at: number }) {
  const { format } = useApp();
  const { seconds } = useDesk().connection.clock;
  return <SignalText key={at} read={() => format.value.age(seconds.value - at)} />;
}

/** Text that a signal writes; the closure's values must not change while it is drawn (give it a key). */
export function SignalText({ read }: { read(): string }) {
  const text = useComputed(read);
  return <>{text}</>;
}

/** How long somebody has waited: plain, amber from 1:00, red from 3:00. */
export function WaitTime({ since }: { since: number }) {
  return <WaitTimeFrom key={since} since={since} />;
}
function WaitTimeFrom({ since }: { since: number }) {
  const { texts } = useApp();
  const { seconds } = useDesk().connection.clock;
  const level = useComputed(() => waitLevel(seconds.value - since));
  return (
    <span class={`wait wait-${level.value}`}>
      <span class="unseen">{texts.value.sidebar.waiting} </span>
      <Since at={since} />
    </span>
  );
}
