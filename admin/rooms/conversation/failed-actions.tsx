import { useApp, useDesk } from "../../components/use-app.ts";
import type { MessageItem } from "../../state/timeline.ts";

/** A message that was refused for good: again, into the composer, or away. Nothing of it is lost by itself. */
export function FailedActions({ item, conversation }: { item: MessageItem; conversation: string }) {
  const { texts } = useApp();
  const { connection, drafts } = useDesk();
  const t = texts.value.conversation;
  const reason =
    item.code === "forbidden" || item.code === "closed" || item.code === "taken"
      ? t.failedBecause[item.code]
      : t.failedBecause.other;
  const mode = item.log === "staff" ? "note" : "reply";
  const kind = item.log === "staff" ? "note" : "text";
  const again = () => {
    connection.discard(item.key);
    connection.publish(`${conversation}/${item.log}`, { kind, text: item.text });
  };
  const edit = () => {
    drafts.restore(conversation, mode, item.text);
    connection.discard(item.key);
  };
  return (
    <span class="failed-actions">
      <span>
        {t.state.failed} {reason}
      </span>
      <button type="button" onClick={again}>
        {t.tryAgain}
      </button>
      <button type="button" onClick={edit}>
        {t.edit}
      </button>
      <button type="button" onClick={() => connection.discard(item.key)}>
        {t.remove}
      </button>
    </span>
  );
}
