import { FilledIcon } from "./icon.tsx";
import { useApp } from "./use-app.ts";

/** A shield for what the site has signed. */
export function VerifiedMark() {
  const { texts } = useApp();
  return (
    <span class="verified-mark" title={texts.value.peek.verified}>
      <FilledIcon name="shield" size={13} label={texts.value.peek.verified} />
    </span>
  );
}
