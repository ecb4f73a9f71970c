import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { ConversationInfo, VisitInfo, VisitorInfo } from "../../../protocol/api.ts";
import type { AttributeValue } from "../../../protocol/frames.ts";
import type { VisitorRow, VisitRow } from "../../../protocol/rows.ts";
import { CameFrom } from "../../components/came-from.tsx";
import { SignalText, TimeOnSite } from "../../components/ticking.tsx";
import { TrailColumn } from "../../components/trail-column.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { VerifiedMark } from "../../components/verified-mark.tsx";
import { routeHash } from "../../state/router.ts";
import { hostOf, standingPages } from "../../state/trail.ts";

export function Section({
  title,
  side,
  children,
}: {
  title?: string;
  side?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section class="detail-section">
      {title !== undefined && (
        <header>
          <h3>{title}</h3>
          {side !== undefined && <span class="faint">{side}</span>}
        </header>
      )}
      {children}
    </section>
  );
}

export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt class="cut" title={name}>
        {name}
      </dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}

/** Where and with what somebody is here. */
export function Facts({
  row,
  info,
  withEmail,
}: {
  row: VisitorRow | null;
  info: VisitorInfo | null;
  withEmail: boolean;
}) {
  const { texts, format } = useApp();
  const t = texts.value.peek;
  const zone = row?.timeZone ?? info?.timeZone ?? "";
  const locale = row?.locale ?? info?.locale ?? "";
  const email = withEmail ? (row?.email ?? info?.email) : null;
  return (
    <Section>
      <dl class="facts">
        {email && (
          <Fact name={t.email}>
            <bdi>{email}</bdi>{" "}
            {row?.verified || info?.verified ? <VerifiedMark /> : <span class="faint">{t.notVerified}</span>}
          </Fact>
        )}
        {zone !== "" && (
          <Fact name={t.localTime}>
            <LocalTime zone={zone} row={row} key={zone} />
          </Fact>
        )}
        {zone === "" && row?.country && (
          <Fact name={t.place}>{placeOf(row, format.value.country, texts.value.comma)}</Fact>
        )}
        {row && (
          <Fact name={t.device}>
            {row.device.browser}, {row.device.os}
          </Fact>
        )}
        {locale !== "" && <Fact name={t.language}>{format.value.language(locale)}</Fact>}
        {row && (
          <Fact name={t.from}>
            <CameFrom referrer={row.referrer} />
          </Fact>
        )}
        {row && <Fact name={t.site}>{row.siteName}</Fact>}
      </dl>
    </Section>
  );
}

function LocalTime({ zone, row }: { zone: string; row: VisitorRow | null }) {
  const { texts, format } = useApp();
  const { seconds } = useDesk().connection.clock;
  const place = row?.country ? `${texts.value.comma}${placeOf(row, format.value.country, texts.value.comma)}` : "";
  return (
    <>
      <SignalText read={() => format.value.timeIn(zone, seconds.value)} />
      {place}
    </>
  );
}

function placeOf(row: VisitorRow, country: (code: string) => string, comma: string): string {
  return [row.city, row.country && country(row.country)].filter(Boolean).join(comma);
}

export function Passed({ attributes }: { attributes: readonly { name: string; value: AttributeValue }[] }) {
  const { texts } = useApp();
  const t = texts.value.peek;
  if (attributes.length === 0) return null;
  return (
    <Section title={t.passed} side={t.notVerified}>
      <dl class="facts">
        {attributes.map(({ name, value }) => (
          <Fact key={name} name={name}>
            {String(value)}
          </Fact>
        ))}
      </dl>
    </Section>
  );
}

export function ThisVisit({ visit, row, paths }: { visit: VisitRow | null; row: VisitorRow | null; paths: boolean }) {
  const { texts } = useApp();
  if (!row) return null;
  const pages = standingPages(visit?.pages ?? [{ ...row.page }], row);
  const live = row.state !== "gone";
  return (
    <Section
      title={texts.value.peek.thisVisit}
      side={
        <>
          {texts.value.visitors.pages(row.pages)}
          {texts.value.comma}
          <TimeOnSite row={row} />
        </>
      }
    >
      <TrailColumn pages={pages} live={live} paths={paths} />
      {!live && <p class="faint">{texts.value.peek.gone}</p>}
    </Section>
  );
}

export function Events({ visit }: { visit: VisitRow | null }) {
  const { texts, format } = useApp();
  if (!visit || visit.events.length === 0) return null;
  return (
    <Section title={texts.value.peek.events} side={format.value.count(visit.events.length)}>
      <ul class="detail-list">
        {visit.events.slice(-20).map((event) => (
          <li key={`${event.at}${event.name}`}>
            <span class="cut" dir="auto" title={propertiesText(event.properties)}>
              {event.name} <span class="faint">{propertiesText(event.properties)}</span>
            </span>
            <time class="faint">{format.value.time(event.at)}</time>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function propertiesText(properties: { [name: string]: AttributeValue }): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(", ");
}

export function EarlierConversations({ info, except }: { info: VisitorInfo | null; except: string | undefined }) {
  const { texts, format } = useApp();
  const { connection } = useDesk();
  const earlier = (info?.conversations ?? []).filter((conversation) => conversation.id !== except);
  if (earlier.length === 0) return null;
  return (
    <Section title={texts.value.peek.conversations} side={format.value.count(earlier.length)}>
      <ul class="detail-list">
        {earlier.map((conversation: ConversationInfo) => (
          <li key={conversation.id}>
            <a class="cut" dir="auto" href={routeHash({ room: "conversation", id: conversation.id, at: null })}>
              {conversation.preview || "–"}
            </a>
            <time class="faint">{format.value.stamp(conversation.lastAt, connection.clock.now())}</time>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function EarlierVisits({ info, present }: { info: VisitorInfo | null; present: string | undefined }) {
  const { texts, format } = useApp();
  const earlier = (info?.earlierVisits ?? []).filter((visit) => visit.id !== present);
  if (!info || earlier.length === 0) return null;
  return (
    <Section title={texts.value.peek.earlierVisits} side={format.value.count(earlier.length)}>
      <ul class="detail-list detail-visits">
        {earlier.slice(0, 20).map((visit) => (
          <EarlierVisit key={visit.id} visitor={info.id} visit={visit} />
        ))}
      </ul>
    </Section>
  );
}

/** One line; its pages are asked for when it is opened. */
function EarlierVisit({ visitor, visit }: { visitor: string; visit: VisitorInfo["earlierVisits"][number] }) {
  const { api, texts, format } = useApp();
  const { connection } = useDesk();
  const [pages, setPages] = useState<VisitInfo["pages"] | null>(null);
  const [open, setOpen] = useState(false);
  const toggle = () => {
    setOpen(!open);
    if (pages === null)
      void api.earlierVisit(visitor, visit.id).then((answer) => answer.ok && setPages(answer.value.pages));
  };
  const duration = visit.endedAt === null ? "" : format.value.clock(visit.endedAt - visit.startedAt);
  return (
    <li class="earlier-visit">
      <button type="button" aria-expanded={open} onClick={toggle} title={texts.value.peek.showVisit}>
        <span class="cut">{hostOf(visit.referrer) || texts.value.visitors.direct}</span>
        <span class="faint">
          {format.value.stamp(visit.startedAt, connection.clock.now())} {duration}
        </span>
      </button>
      {open && pages && <TrailColumn pages={standingPages(pages, null)} live={false} />}
    </li>
  );
}
