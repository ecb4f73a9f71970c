import type { VisitorRow } from "../../../protocol/rows.ts";
import { CameFrom } from "../../components/came-from.tsx";
import { Face } from "../../components/face.tsx";
import { Icon } from "../../components/icon.tsx";
import { Since, TimeOnSite, WaitTime } from "../../components/ticking.tsx";
import { TrailBar } from "../../components/trail-bar.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { VerifiedMark } from "../../components/verified-mark.tsx";
import { pathOf } from "../../state/trail.ts";
import type { SortColumn } from "../../state/visitor-groups.ts";
import type { VisitorColumn } from "./visitor-columns.ts";

export function visitorName(row: { name?: string; handle: string }, unnamed: (handle: string) => string): string {
  return row.name || unnamed(row.handle);
}

export interface VisitorLineProps {
  rowKey: string;
  columns: readonly VisitorColumn[];
  phone: boolean;
  picked: boolean;
  fresh: boolean;
  /** The roving tab stop. */
  reachable: boolean;
  lineIndex: number;
  offset: number;
  pick(key: string): void;
}

/** One visitor on one line (two on a phone). Reads its own row: only its own changes draw it again. */
export function VisitorLine({
  rowKey,
  columns,
  phone,
  picked,
  fresh,
  reachable,
  lineIndex,
  offset,
  pick,
}: VisitorLineProps) {
  const { connection } = useDesk();
  const row = connection.visitors.row(rowKey)?.value;
  if (!row) return null;
  const states = `${picked ? " line-picked" : ""}${fresh ? " line-fresh" : ""}${row.state === "idle" ? " line-idle" : ""}${row.state === "gone" ? " line-gone" : ""}`;
  return (
    <div
      role="row"
      class={`visitor-line${states}`}
      aria-rowindex={lineIndex + 2}
      aria-selected={picked}
      data-key={rowKey}
      tabIndex={reachable ? 0 : -1}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={() => pick(rowKey)}
    >
      {phone ? <PhoneCells row={row} /> : columns.map((column) => <Cell key={column.name} column={column} row={row} />)}
    </div>
  );
}

function Cell({ column, row }: { column: VisitorColumn; row: VisitorRow }) {
  return (
    <span role="gridcell" class={`cell cell-${column.name} cell-${column.align}`}>
      {cells[column.name](row)}
    </span>
  );
}

const cells: { readonly [name in SortColumn]: (row: VisitorRow) => preact.ComponentChildren } = {
  visitor: (row) => <Who row={row} />,
  page: (row) => <PageNow row={row} />,
  trail: (row) => <TrailBar row={row} />,
  time: (row) => <TimeOnSite row={row} />,
  visits: (row) => (row.visits === undefined ? <span class="faint">–</span> : row.visits),
  place: (row) => <Place row={row} />,
  from: (row) => <CameFrom referrer={row.referrer} />,
  device: (row) => <DeviceName row={row} />,
  cart: (row) => <bdi>{row.cart}</bdi>,
  with: (row) => <With row={row} />,
};

function PhoneCells({ row }: { row: VisitorRow }) {
  return (
    <>
      <span role="gridcell" class="cell phone-who">
        <Who row={row} />
        <span class="phone-page">
          <PageNow row={row} />
        </span>
      </span>
      <span role="gridcell" class="cell phone-state">
        <With row={row} />
        <TrailBar row={row} />
      </span>
    </>
  );
}

function Who({ row }: { row: VisitorRow }) {
  const { texts } = useApp();
  return (
    <span class={`who${row.name ? " who-named" : ""}`}>
      <Face name={row.name} size={20} />
      <span class="cut" dir="auto">
        {visitorName(row, texts.value.visitors.visitorHandle)}
      </span>
      {row.verified && <VerifiedMark />}
    </span>
  );
}

function PageNow({ row }: { row: VisitorRow }) {
  return (
    <span class="cut" title={row.page.url} dir="auto">
      {row.page.title || pathOf(row.page.url)}
    </span>
  );
}

function Place({ row }: { row: VisitorRow }) {
  return row.country === undefined ? (
    <span class="faint">–</span>
  ) : (
    <span class="place-name">
      <span class="cut">{row.city ?? ""}</span> <bdi>{row.country}</bdi>
    </span>
  );
}

function DeviceName({ row }: { row: VisitorRow }) {
  return (
    <span class="device" title={`${row.device.browser}, ${row.device.os}`}>
      <Icon name={row.device.form} size={14} />
      <span class="cut">{row.device.browser.replace(/ [\d.]+$/, "")}</span>
    </span>
  );
}

function With({ row }: { row: VisitorRow }) {
  const { texts } = useApp();
  const { session } = useDesk();
  const t = texts.value.visitors;
  if (row.state === "gone") return <span class="faint">{t.left}</span>;
  if (row.assignee) {
    return (
      <span class="with">
        <Face name={row.assignee.name} picture={row.assignee.face} size={18} />
        <span class="cut" dir="auto">
          {row.assignee.id === session.agent.id ? t.you : row.assignee.name}
        </span>
        {row.unread ? (
          <span class="badge">
            {row.unread}
            <span class="unseen"> {texts.value.inbox.unread(row.unread)}</span>
          </span>
        ) : null}
      </span>
    );
  }
  if (row.waitingSince !== undefined) return <WaitTime since={row.waitingSince} />;
  if (row.invitation?.state === "dismissed") return <span class="faint">{t.dismissed}</span>;
  if (row.invitation) {
    return (
      <span class="with">
        <Icon name="wave" size={14} />
        <span class="cut">
          {texts.value.invitation.state[row.invitation.state]} <Since at={row.invitation.at} />
        </span>
      </span>
    );
  }
  return null;
}
