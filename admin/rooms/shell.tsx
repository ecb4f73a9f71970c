import { useRef } from "preact/hooks";
import { Announcer } from "../components/announcer.tsx";
import { BottomBar } from "../components/bottom-bar.tsx";
import { KeysSheet } from "../components/keys-sheet.tsx";
import { Modal } from "../components/modal.tsx";
import { Sidebar } from "../components/sidebar.tsx";
import { SignOutSheet } from "../components/sign-out-sheet.tsx";
import { StatusLine } from "../components/status-line.tsx";
import { useApp, useDesk, useKeyboard } from "../components/use-app.ts";
import { useKeys } from "../components/use-keys.ts";
import { useShortcut } from "../components/use-shortcut.ts";
import { phoneQuery, useMedia } from "../components/use-width.ts";
import { singleKey } from "../state/keyboard.ts";
import { InboxRoom } from "./inbox/inbox-room.tsx";
import { KeyHints } from "./key-hints.tsx";
import { MeRoom } from "./me-room.tsx";
import { Palette } from "./palette/palette.tsx";
import { SettingsRoom } from "./settings/settings-room.tsx";
import { SignInOverlay } from "./sign-in/sign-in-screen.tsx";
import { VisitorsRoom } from "./visitors/visitors-room.tsx";

/** A `g` opens a jump for this long: `g v`, `g i`. */
const jumpMs = 1200;

/** Everything behind the sign-in. */
export function Shell() {
  const app = useApp();
  const { session } = useDesk();
  const phone = useMedia(phoneQuery);
  const route = app.router.route.value;
  const jump = useJump({
    v: () => app.router.go({ room: "visitors", scope: "all" }),
    i: () => app.router.go({ room: "inbox", group: null }),
  });
  useShortcut("k", () => {
    app.paletteOpen.value = true;
  });
  useKeys({
    "?": () => {
      app.keysOpen.value = true;
    },
    g: jump,
  });
  return (
    <div class={`shell${phone && route.room === "conversation" ? " shell-focused" : ""}`}>
      {!phone && <Sidebar />}
      <div class="shell-room">
        <Room />
      </div>
      <StatusLine>
        <KeyHints />
      </StatusLine>
      {phone && route.room !== "conversation" && <BottomBar />}
      <Announcer />
      {app.paletteOpen.value && <Palette />}
      {app.keysOpen.value && <KeysSheet />}
      {app.signOutOpen.value && <SignOutSheet />}
      {app.phase.value === "ended" && (
        <Modal label={app.texts.value.signIn.expiredTitle}>
          <div class="sign-in-sheet">
            <SignInOverlay email={session.agent.email} />
          </div>
        </Modal>
      )}
    </div>
  );
}

/** The key after it is asked here first, before what the room does with it. */
function useJump(places: { readonly [key: string]: () => void }): () => void {
  const keyboard = useKeyboard();
  const leave = useRef(() => {});
  return () => {
    const since = performance.now();
    leave.current();
    leave.current = keyboard.push({
      handle: (event) => {
        leave.current();
        const go = places[singleKey(event) ?? ""];
        if (!go || performance.now() - since > jumpMs) return false;
        go();
        return true;
      },
    });
  };
}

function Room() {
  const { router } = useApp();
  const route = router.route.value;
  switch (route.room) {
    case "visitors":
      return <VisitorsRoom scope={route.scope} />;
    case "inbox":
      return <InboxRoom group={route.group} conversation={null} />;
    case "conversation":
      return <InboxRoom group={null} conversation={{ id: route.id, at: route.at }} />;
    case "settings":
      return <SettingsRoom />;
    case "me":
      return <MeRoom />;
  }
}
