import { Face } from "../../components/face.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import type { ConversationFacts } from "./use-conversation.ts";

/** What the visitor writes and has not sent, dashed: it lives on the screen alone. Colleagues who write are one line. */
export function TypingLine({ facts, name }: { facts: ConversationFacts; name: string }) {
  const { texts } = useApp();
  const { connection, session } = useDesk();
  const typing = connection.typing(`${facts.id}/public`);
  const t = texts.value.conversation;
  if (!typing || typing.sender.id === session.agent.id) return null;
  if (typing.sender.side !== "visitor")
    return <p class="system-line typing-agent">{t.agentTyping(typing.sender.name ?? "")}</p>;
  const text = typing.text ?? "";
  return (
    <div class="run run-them run-typing">
      <span class="run-face">
        <Face name={facts.name} size={28} />
      </span>
      <div class="run-bubbles">
        <div class="bubble-line">
          <div class="bubble bubble-typing" dir="auto">
            {text === "" ? <span class="typing-dots" aria-hidden="true" /> : text}
            <span class="caret" aria-hidden="true" />
          </div>
          <span class="bubble-meta">{text === "" ? <span>{`${name}: ${t.typing}`}</span> : t.typingNotSent}</span>
        </div>
      </div>
    </div>
  );
}
