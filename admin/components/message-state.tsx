import type { MessageState } from "../state/timeline.ts";
import { FilledIcon, Icon } from "./icon.tsx";
import { useApp } from "./use-app.ts";

/** Clock, one tick, two ticks, filled disc, alert: shape first, the word for who cannot see it. */
export function MessageStateIcon({ state }: { state: MessageState }) {
  const { texts } = useApp();
  const label = texts.value.conversation.state[state];
  const icon = () => {
    switch (state) {
      case "waiting":
        return <Icon name="clock" size={13} label={label} />;
      case "stored":
        return <Icon name="tick" size={13} label={label} />;
      case "delivered":
        return <Icon name="ticks" size={14} label={label} />;
      case "read":
        return <FilledIcon name="disc" size={13} label={label} />;
      case "failed":
        return <Icon name="alert" size={13} label={label} />;
    }
  };
  return (
    <span class={`message-state message-state-${state}`} title={label}>
      {icon()}
    </span>
  );
}
