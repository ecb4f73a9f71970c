import { IconButton } from "../../components/button.tsx";
import { Face } from "../../components/face.tsx";
import { useApp } from "../../components/use-app.ts";
import { narrowQuery, useMedia } from "../../components/use-width.ts";
import { VerifiedMark } from "../../components/verified-mark.tsx";
import { EarlierConversations, EarlierVisits, Events, Facts, Passed, ThisVisit } from "../details/detail-sections.tsx";
import { useVisit, useVisitorInfo } from "../details/use-visitor.ts";
import type { ConversationFacts } from "./use-conversation.ts";

/** Who is at the other end: where, with what, what the site passed, this visit, and what was before. */
export function VisitorPanel({ facts, name }: { facts: ConversationFacts; name: string }) {
  const { texts, visitorPanelOpen } = useApp();
  const narrow = useMedia(narrowQuery);
  const visit = useVisit(facts.visitorRow ? facts.visit : undefined);
  const info = useVisitorInfo(facts.visitor);
  const row = facts.visitorRow ?? visit?.visitorRow ?? null;
  const t = texts.value;
  return (
    <aside class="side-panel visitor-panel" aria-label={t.peek.label}>
      <header class="detail-head">
        <Face name={facts.name} size={32} />
        <div>
          <h2>
            <span class="cut" dir="auto">
              {name}
            </span>
            {facts.verified && <VerifiedMark />}
          </h2>
          <p class="cut">
            {facts.email ? <bdi>{facts.email}</bdi> : row ? row.siteName : ""}
            {facts.email && !facts.verified && t.comma + t.peek.notVerified}
          </p>
        </div>
        {narrow && (
          <IconButton
            icon="close"
            label={t.conversation.hideDetails}
            onClick={() => (visitorPanelOpen.value = false)}
          />
        )}
      </header>
      <div class="side-panel-scroll">
        <Facts row={row} info={info} withEmail={false} />
        <Passed attributes={visit?.attributes ?? info?.attributes ?? []} />
        <ThisVisit visit={visit} row={row} paths={false} />
        <Events visit={visit} />
        <EarlierConversations info={info} except={facts.id} />
        <EarlierVisits info={info} present={facts.visit} />
      </div>
    </aside>
  );
}
