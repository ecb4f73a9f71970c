import { useLayoutEffect, useReducer } from "preact/hooks";
import { KeyCap } from "../components/key-cap.tsx";
import { useApp, useDesk } from "../components/use-app.ts";
import { isField } from "../state/keyboard.ts";
import { mayInvite } from "../state/may-invite.ts";

interface KeyHint {
  keys: readonly string[];
  text: string;
}

/** The keys that do something here and now, printed in the middle of the status line. */
export function KeyHints() {
  return (
    <>
      {useHints().map((hint) => (
        <span key={hint.text} class="status-key">
          {hint.keys.map((key) => (
            <KeyCap key={key} name={key} />
          ))}
          {hint.text}
        </span>
      ))}
    </>
  );
}

function useHints(): KeyHint[] {
  const { texts, router, preferences } = useApp();
  const t = texts.value.keys;
  const { room } = router.route.value;
  const visitorHints = useVisitorHints();
  const conversationHints = useConversationHints();
  const search = { keys: ["Ctrl K"], text: t.search };
  if (useInField()) return room === "settings" || room === "me" ? [search] : [{ keys: ["Esc"], text: t.back }, search];
  if (!preferences.singleKeys.value) return [search];
  const all = { keys: ["?"], text: t.all };
  switch (room) {
    case "visitors":
      return [{ keys: ["J", "K"], text: t.move }, ...visitorHints, all];
    case "inbox":
      return [{ keys: ["J", "K"], text: t.nextPrevious }, { keys: ["G", "V"], text: t.goVisitors }, all];
    case "conversation":
      return [{ keys: ["J", "K"], text: t.nextPrevious }, ...conversationHints, all];
    default:
      return [all];
  }
}

/** About the picked row. */
function useVisitorHints(): KeyHint[] {
  const { texts, peeked, picked } = useApp();
  const { connection, mayWrite } = useDesk();
  const t = texts.value.keys;
  void connection.visitors.structure.value;
  const key = picked.value ?? peeked.value;
  const row = key === null ? undefined : connection.visitors.row(key)?.value;
  const open = peeked.value !== null;
  const invites = row !== undefined && mayWrite && mayInvite(row, connection);
  const opens = row !== undefined && (row.conversation !== undefined || peeked.value !== row.key || invites);
  return [
    ...(row || open ? [{ keys: ["Space"], text: open ? t.closePeek : t.peek }] : []),
    ...(opens ? [{ keys: ["Enter"], text: t.open }] : []),
    ...(invites ? [{ keys: ["I"], text: t.invite }] : []),
  ];
}

function useConversationHints(): KeyHint[] {
  const { texts, router } = useApp();
  const { connection, session, mayWrite } = useDesk();
  const t = texts.value.keys;
  const route = router.route.value;
  void connection.inbox.structure.value;
  const row = route.room === "conversation" ? connection.inbox.row(route.id)?.value : undefined;
  if (!mayWrite) return [];
  return [
    { keys: ["R"], text: t.reply },
    { keys: ["N"], text: t.note },
    ...(row?.status === "open" && row.assignee === null ? [{ keys: ["T"], text: t.take }] : []),
    ...(row?.status === "open" && row.assignee?.id === session.agent.id ? [{ keys: ["E"], text: t.close }] : []),
  ];
}

/** Whether what is typed now is text. */
function useInField(): boolean {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useLayoutEffect(() => {
    const follow = () => redraw(undefined);
    document.addEventListener("focusin", follow);
    document.addEventListener("focusout", follow);
    return () => {
      document.removeEventListener("focusin", follow);
      document.removeEventListener("focusout", follow);
    };
  }, []);
  return isField(document.activeElement);
}
