import { hostOf } from "../state/trail.ts";
import { useApp } from "./use-app.ts";

/** The host of the first referrer; its whole address in the tooltip. */
export function CameFrom({ referrer }: { referrer: string }) {
  const { texts } = useApp();
  const host = hostOf(referrer);
  return host === "" ? (
    <span class="faint">{texts.value.visitors.direct}</span>
  ) : (
    <span class="came-from cut" title={referrer}>
      {host}
    </span>
  );
}
