import { useSignalEffect } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { RoomHead } from "../../components/room-head.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { useKeys } from "../../components/use-keys.ts";
import { phoneQuery, useMedia } from "../../components/use-width.ts";
import { mayInvite } from "../../state/may-invite.ts";
import { groupOf, inScope, type VisitorScope } from "../../state/visitor-groups.ts";
import { FilterField } from "./filter-field.tsx";
import { FirstRun } from "./first-run.tsx";
import { PeekPanel } from "./peek-panel.tsx";
import { useVisitorTable } from "./use-visitor-table.ts";
import { VisitorTableView } from "./visitor-table-view.tsx";

/** Who is on the site now. */
export function VisitorsRoom({ scope }: { scope: VisitorScope }) {
  const app = useApp();
  const { connection, visitors, mayWrite } = useDesk();
  const table = useVisitorTable(scope);
  const [filtering, setFiltering] = useState(false);
  const [inviting, setInviting] = useState(false);
  const phone = useMedia(phoneQuery);
  const focusRow = useRef<((key: string) => void) | null>(null);
  const peeked = app.peeked.value;

  const move = (step: number) => {
    const order = table.order.peek();
    if (order.length === 0) return;
    const at = table.picked.peek() === null ? -1 : order.indexOf(table.picked.peek() as string);
    const key = order[at < 0 ? 0 : Math.min(order.length - 1, Math.max(0, at + step))] as string;
    table.picked.value = key;
    if (app.peeked.peek() !== null) app.peeked.value = key;
    focusRow.current?.(key);
  };
  const peek = (key: string | null) => {
    setInviting(false);
    app.peeked.value = key;
  };
  const invite = () => {
    const key = table.picked.peek() ?? app.peeked.peek();
    const row = key === null ? undefined : connection.visitors.row(key)?.peek();
    if (!row || !mayWrite || !mayInvite(row, connection)) return;
    app.peeked.value = key;
    setInviting(true);
  };
  const stopInviting = () => {
    setInviting(false);
    const key = app.peeked.peek();
    if (key !== null) focusRow.current?.(key);
  };
  /** The conversation if there is one, else the peek panel with its field. */
  const open = () => {
    const key = table.picked.peek();
    const row = key === null ? undefined : connection.visitors.row(key)?.peek();
    if (!row) return;
    if (row.conversation) app.router.go({ room: "conversation", id: row.conversation, at: null });
    else if (app.peeked.peek() === row.key) invite();
    else peek(row.key);
  };
  const closePeek = () => {
    const key = app.peeked.peek();
    peek(null);
    if (key !== null) focusRow.current?.(key);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Space: () => {
      const key = table.picked.peek();
      if (app.peeked.peek() !== null) closePeek();
      else if (key !== null) peek(key);
    },
    Enter: open,
    i: invite,
    f: () => setFiltering(true),
    Escape: () => {
      if (app.peeked.peek() !== null) closePeek();
      else if (filtering) {
        setFiltering(false);
        table.filter.value = "";
      }
    },
  });
  useSignalEffect(() => {
    if (app.peeked.value !== null) table.picked.value = app.peeked.value;
  });

  const rows = visitors.value.filter((row) => row.state !== "gone");
  const t = app.texts.value;
  const count = (value: number) => app.format.value.count(value);
  const phase = connection.visitors.phase.value;
  const shown = table.order.value.length;
  const figures = [
    t.visitors.onSite(count(rows.length)),
    t.visitors.inConversation(count(rows.filter((row) => groupOf(row) === "chatting").length)),
    t.visitors.waiting(count(rows.filter((row) => groupOf(row) === "waiting").length)),
    t.visitors.atCheckout(count(rows.filter((row) => inScope(row, "checkout")).length)),
  ];
  return (
    <div class={`visitors-room${peeked === null ? "" : " visitors-room-peeking"}`}>
      <main class="visitors-main" aria-label={t.rooms.visitors}>
        <RoomHead
          title={t.rooms.visitors}
          actions={
            filtering || table.filter.value !== "" ? (
              <FilterField value={table.filter} close={() => setFiltering(false)} />
            ) : (
              <Button kind="plain" icon="filter" keyName="F" onClick={() => setFiltering(true)}>
                {t.visitors.filter}
              </Button>
            )
          }
        >
          <div class="figures">
            {figures.map((figure) => (
              <span key={figure.text} class="figure">
                <b>{figure.count}</b> {figure.text}
              </span>
            ))}
          </div>
        </RoomHead>
        {phase !== "ready" ? (
          phase === "pending" && <p class="quiet-note">{t.visitors.pending}</p>
        ) : rows.length === 0 && shown === 0 ? (
          <FirstRun />
        ) : shown === 0 ? (
          <EmptyState title={t.visitors.noMatchTitle} text={t.visitors.noMatchText(rows.length)}>
            <Button
              kind="main"
              onClick={() => {
                table.filter.value = "";
                setFiltering(false);
                app.router.go({ room: "visitors", scope: "all" });
              }}
            >
              {t.visitors.showAll}
            </Button>
          </EmptyState>
        ) : (
          <VisitorTableView table={table} phone={phone} focusRow={focusRow} peek={peek} />
        )}
      </main>
      {peeked !== null && (
        <PeekPanel
          key={peeked}
          visit={peeked}
          inviting={inviting}
          startInviting={() => setInviting(true)}
          stopInviting={stopInviting}
          close={closePeek}
        />
      )}
    </div>
  );
}
