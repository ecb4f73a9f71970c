import { useEffect, useState } from "preact/hooks";
import type { VisitorInfo } from "../../../protocol/api.ts";
import type { VisitRow } from "../../../protocol/rows.ts";
import { useApp, useDesk } from "../../components/use-app.ts";
import type { LiveView } from "../../state/live-view.ts";

/** The live trail of a visit while this is drawn; `null` before it came and where there is none. */
export function useVisit(visit: string | undefined): VisitRow | null {
  const { connection } = useDesk();
  const [view, setView] = useState<LiveView<VisitRow> | null>(null);
  useEffect(() => {
    if (visit === undefined) return;
    const watched = connection.watchVisit(visit);
    setView(watched.view);
    return () => {
      setView(null);
      watched.release();
    };
  }, [connection, visit]);
  if (!view) return null;
  void view.structure.value;
  return view.all()[0] ?? null;
}

/** What is kept of a visitor: earlier visits, conversations, attributes. Asked for once. */
export function useVisitorInfo(visitor: string | undefined): VisitorInfo | null {
  const { api } = useApp();
  const [info, setInfo] = useState<VisitorInfo | null>(null);
  useEffect(() => {
    setInfo(null);
    if (visitor === undefined) return;
    let wanted = true;
    void api.visitor(visitor).then((answer) => {
      if (wanted && answer.ok) setInfo(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [api, visitor]);
  return info;
}
