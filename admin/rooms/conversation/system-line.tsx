import { Icon, type IconName } from "../../components/icon.tsx";
import { useApp } from "../../components/use-app.ts";
import type { SystemItem } from "../../state/timeline.ts";
import type { Texts } from "../../texts/catalogues.ts";

const icons: { readonly [kind in SystemItem["body"]["kind"]]: IconName } = {
  joined: "inbox",
  left: "leave",
  closed: "closed",
  reopened: "again",
  assigned: "inbox",
};

/** What happened between the messages. */
export function SystemLine({ item, visitorName }: { item: SystemItem; visitorName: string }) {
  const { texts, format } = useApp();
  return (
    <p class="system-line" data-item={item.key} data-place={`${item.log}:${item.seq}`}>
      <Icon name={icons[item.body.kind]} size={13} />
      <span dir="auto">{systemText(item, visitorName, texts.value.conversation.system)}</span>
      <time>{format.value.time(item.at)}</time>
    </p>
  );
}

function systemText({ body, sender }: SystemItem, visitorName: string, t: Texts["conversation"]["system"]): string {
  const name = sender.side === "system" ? "" : (sender.name ?? (sender.side === "visitor" ? visitorName : t.system));
  switch (body.kind) {
    case "joined":
      return t.joined(name || t.system);
    case "left":
      return t.left(name || t.system);
    case "closed":
      return name === "" ? t.closedNobody : t.closed(name);
    case "reopened":
      return name === "" ? t.reopenedNobody : t.reopened(name);
    case "assigned":
      if (body.agent === null) return t.gaveBack(name || t.system);
      if (body.agent === sender.id) return t.joined(name || t.system);
      return t.gave(name || t.system, body.agentName ?? "");
  }
}
