import { Button } from "../../components/button.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";

/** An action that did not happen, and why: above all, who was faster. */
export function RefusalLine({ conversation }: { conversation: string }) {
  const { texts } = useApp();
  const { connection } = useDesk();
  const refusal = connection.refusal.value;
  if (!refusal || refusal.conversation !== conversation) return null;
  const t = texts.value.conversation;
  const text =
    refusal.code === "taken" && refusal.by !== ""
      ? t.takenBy(refusal.by)
      : refusal.code === "taken" || refusal.code === "closed" || refusal.code === "forbidden"
        ? t.failedBecause[refusal.code]
        : t.failedBecause.other;
  return (
    <div class="refusal-line" role="status">
      <span>{text}</span>
      <Button kind="plain" onClick={() => (connection.refusal.value = null)}>
        {texts.value.dismiss}
      </Button>
    </div>
  );
}
