/** The agents' page: joins the browser, the protocol's client and the screens. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { websocketTransport } from "../widget/transports/websocket.ts";
import { xhrPollingTransport } from "../widget/transports/xhr-polling.ts";
import { xhrStreamingTransport } from "../widget/transports/xhr-streaming.ts";
import { AppContext, DeskContext } from "./components/use-app.ts";
import { Shell } from "./rooms/shell.tsx";
import { SignInScreen } from "./rooms/sign-in/sign-in-screen.tsx";
import { createApp } from "./state/app.ts";
import { browserJson, browserRandom, webStorage } from "./state/browser-ports.ts";
import { openFocusGiver } from "./state/focus-giver.ts";
import { openKeyboard } from "./state/keyboard.ts";
import { openStore } from "./state/open-store.ts";
import { openPreferences } from "./state/preferences.ts";
import { openRouter } from "./state/router.ts";

const transport = { baseUrl: location.origin, json: browserJson, random: browserRandom };
const app = createApp({
  preferences: openPreferences(webStorage(), navigator.languages),
  router: openRouter(window),
  carriers: [websocketTransport(transport), xhrStreamingTransport(transport), xhrPollingTransport(transport)],
  openStore: () => openStore(webStorage()),
  draftStorage: webStorage(),
  apiUrl: `${location.origin}/api/v1`,
});

effect(() => {
  const { theme, language } = app.preferences;
  const root = document.documentElement;
  root.lang = language.value;
  if (theme.value === "system") delete root.dataset.theme;
  else root.dataset.theme = theme.value;
});

effect(() => {
  const desk = app.desk.value;
  const groups = desk?.inbox.value;
  const waits = groups ? groups.waiting.length + groups.mine.reduce((sum, row) => sum + row.unread, 0) : 0;
  document.title = waits > 0 ? `(${waits}) Beckon` : "Beckon";
});

document.addEventListener("visibilitychange", () => app.desk.peek()?.connection.visibility());
window.addEventListener("offline", () => app.desk.peek()?.connection.doubt());
for (const event of ["online", "pageshow", "focus"])
  window.addEventListener(event, () => app.desk.peek()?.connection.wake());

function Root() {
  const phase = app.phase.value;
  const desk = app.desk.value;
  if (phase === "unknown") return app.reach.state.value === "unreachable" ? <SignInScreen /> : null;
  if (!desk || phase === "signed-out") return <SignInScreen />;
  return (
    <DeskContext.Provider value={desk} key={desk.session.agent.id}>
      <DeskPage />
    </DeskContext.Provider>
  );
}

/*
 * A provider keeps the elements that it was given as they were first drawn. If such a one draws itself again, the first drawing stays, and from it a
 * chain of parents leads through every later one: the page would never forget a conversation. So a provider is given what never draws itself again.
 */
function DeskPage() {
  return <Shell />;
}
function Page() {
  return <Root />;
}

const page = document.getElementById("beckon");
if (page) {
  render(
    <AppContext.Provider value={{ app, keyboard: openKeyboard(document), focus: openFocusGiver(document) }}>
      <Page />
    </AppContext.Provider>,
    page,
  );
  app.start();
}
