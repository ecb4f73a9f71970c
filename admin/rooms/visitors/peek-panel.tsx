import type { VisitorRow } from "../../../protocol/rows.ts";
import { IconButton } from "../../components/button.tsx";
import { Face } from "../../components/face.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { VerifiedMark } from "../../components/verified-mark.tsx";
import {
  EarlierConversations,
  EarlierVisits,
  Events,
  Facts,
  Passed,
  Section,
  ThisVisit,
} from "../details/detail-sections.tsx";
import { useVisit, useVisitorInfo } from "../details/use-visitor.ts";
import { InvitationSection } from "./invitation-section.tsx";
import { visitorName } from "./visitor-line.tsx";

export interface PeekPanelProps {
  visit: string;
  inviting: boolean;
  startInviting(): void;
  stopInviting(): void;
  close(): void;
}

/** Everything about one visitor who is here, and the way to speak to them. */
export function PeekPanel({ visit: key, inviting, startInviting, stopInviting, close }: PeekPanelProps) {
  const { texts } = useApp();
  const { connection } = useDesk();
  void connection.visitors.structure.value;
  const visit = useVisit(key);
  const row = connection.visitors.row(key)?.value ?? visit?.visitorRow ?? null;
  const info = useVisitorInfo(row?.visitor);
  const t = texts.value.peek;
  return (
    <aside class="side-panel peek-panel" aria-label={t.label}>
      <header class="detail-head">
        <Face name={row?.name} size={32} />
        <div>
          <h2>
            <span class="cut" dir="auto">
              {row ? visitorName(row, texts.value.visitors.visitorHandle) : t.label}
            </span>
            {row?.verified && <VerifiedMark />}
          </h2>
          {row && <VisitCount row={row} firstSeenAt={info?.firstSeenAt} />}
        </div>
        <IconButton icon="close" label={t.close} onClick={close} />
      </header>
      <div class="side-panel-scroll">
        {row === null ? (
          <Section>
            <p class="faint">{t.gone}</p>
          </Section>
        ) : (
          <>
            <ThisVisit visit={visit} row={row} paths />
            <InvitationSection
              row={row}
              told={visit?.invitation}
              writing={inviting}
              start={startInviting}
              stop={stopInviting}
            />
            <Facts row={row} info={info} withEmail />
            <Passed attributes={visit?.attributes ?? []} />
            <Events visit={visit} />
            <EarlierConversations info={info} except={row.conversation} />
            <EarlierVisits info={info} present={key} />
          </>
        )}
      </div>
    </aside>
  );
}

function VisitCount({ row, firstSeenAt }: { row: VisitorRow; firstSeenAt: number | undefined }) {
  const { texts, format } = useApp();
  const { clock } = useDesk().connection;
  const t = texts.value.peek;
  const parts = [
    row.visits === undefined ? row.siteName : t.visitNumber(row.visits),
    ...(firstSeenAt !== undefined && (row.visits ?? 1) > 1
      ? [t.firstSeen(format.value.day(firstSeenAt, clock.now()))]
      : []),
  ];
  return <p class="cut">{parts.join(texts.value.comma)}</p>;
}
