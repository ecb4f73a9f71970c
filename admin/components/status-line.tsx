import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { ClientStatus } from "../../protocol/client.ts";
import { browserClock } from "../state/browser-ports.ts";
import { OwnStatus } from "./own-status.tsx";
import { Sparkline } from "./sparkline.tsx";
import { SignalText } from "./ticking.tsx";
import { useApp, useDesk } from "./use-app.ts";
import { phoneQuery, useMedia } from "./use-width.ts";

/** Always says whether there is a connection, by which carrier, how fast, how old the last frame is and what is unsent; the keys stand in its middle. */
export function StatusLine({ children }: { children: ComponentChildren }) {
  const { texts } = useApp();
  const { connection, session } = useDesk();
  const status = connection.status.value;
  const troubled = status.phase !== "online" && status.troubleSince >= 0;
  const phone = useMedia(phoneQuery);
  void connection.team.structure.value;
  const own = connection.team.row(session.agent.id)?.value;
  return (
    <section class={`status-line${troubled ? " status-line-troubled" : ""}`} aria-label={texts.value.status.label}>
      {troubled ? <Trouble status={status} /> : <Health status={status} short={phone} />}
      {!phone && (
        <>
          <div class="status-keys" aria-hidden="true">
            {!troubled && children}
          </div>
          <div class="status-own">
            {own && <span class="status-part">{texts.value.team.chatCount(own.conversations)}</span>}
            <OwnStatus place="above" />
          </div>
        </>
      )}
    </section>
  );
}

function Health({ status, short }: { status: ClientStatus; short: boolean }) {
  const { texts } = useApp();
  const { roundTrips } = useDesk().connection;
  const t = texts.value.status;
  const overHttp = status.carrier.startsWith("xhr");
  const online = status.phase === "online";
  const phaseText = { online: t.connected, connecting: t.connecting, waiting: t.connecting, stopped: t.stopped }[
    status.phase
  ];
  return (
    <div class="status-health">
      <span class="status-part status-phase">
        <span class={`dot ${online ? (overHttp ? "dot-away" : "dot-live") : "dot-offline"}`} />
        {phaseText}
      </span>
      {online && status.carrier !== "" && (
        <span class="status-part">{overHttp ? (short ? t.httpShort : t.http) : t.websocket}</span>
      )}
      {online && status.roundTripMs >= 0 && (
        <span class="status-part" title={t.roundTripLabel}>
          {!short && <Sparkline values={roundTrips.value} />}
          <span class="unseen">{t.roundTripLabel} </span>
          <bdi>{t.roundTrip(Math.round(status.roundTripMs))}</bdi>
        </span>
      )}
      <span class="status-part status-frame">
        <LastFrame />
      </span>
      {(!short || status.unsent > 0) && (
        <span class={`status-part${status.unsent > 0 ? " status-unsent" : ""}`}>{t.unsent(status.unsent)}</span>
      )}
      {status.durability === "memory" && status.phase === "online" && !short && (
        <span class="status-part status-unsent cut" title={t.unknownBrowserStore}>
          {t.unknownBrowserStore}
        </span>
      )}
    </div>
  );
}

function LastFrame() {
  const { texts, format } = useApp();
  const { clock, lastFrameAt } = useDesk().connection;
  return (
    <SignalText
      read={() => {
        void clock.seconds.value;
        const at = lastFrameAt();
        if (at < 0) return texts.value.status.noFrame;
        return texts.value.status.lastFrame(format.value.age(browserClock.monotonic() - at));
      }}
    />
  );
}

function Trouble({ status }: { status: ClientStatus }) {
  const { texts } = useApp();
  const { connection } = useDesk();
  const t = texts.value.status;
  const kept = status.durability === "disk" || status.unsent === 0 ? t.safe(status.unsent) : t.atRisk(status.unsent);
  return (
    <div class="status-health" role="status">
      <span class="status-part status-phase">
        <span class="dot dot-away" />
        {kept}
      </span>
      <span class="status-part" aria-hidden="true">
        {status.phase === "waiting" ? <NextTry at={status.nextTryAt} key={status.nextTryAt} /> : t.connecting}
      </span>
      <button type="button" class="status-try" onClick={() => connection.wake()}>
        {t.tryNow}
      </button>
    </div>
  );
}

function NextTry({ at }: { at: number }) {
  const { texts, format } = useApp();
  const { seconds } = useDesk().connection.clock;
  const text = useComputed(() => {
    void seconds.value;
    return texts.value.status.nextTry(format.value.age(at - browserClock.monotonic()));
  });
  return <>{text}</>;
}
