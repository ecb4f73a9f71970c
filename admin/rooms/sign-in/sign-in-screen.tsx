import { Icon } from "../../components/icon.tsx";
import { Menu } from "../../components/menu.tsx";
import { useApp } from "../../components/use-app.ts";
import { catalogues, type Language } from "../../texts/catalogues.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { TrailField } from "./trail-field.tsx";

export function SignInScreen() {
  const { texts } = useApp();
  const t = texts.value.signIn;
  return (
    <div class="sign-in">
      <main>
        <SignInForm title={t.title} text={t.text} />
      </main>
      <TrailField />
      <SignInStatus />
    </div>
  );
}

function SignInStatus() {
  const { texts, reach, preferences } = useApp();
  const t = texts.value;
  const state = reach.state.value;
  const said = { asking: t.signIn.checking, reachable: t.signIn.reachable, unreachable: t.signIn.notReachable }[state];
  const choice = (language: Language) => ({
    type: "choice" as const,
    label: catalogues[language].languageName,
    chosen: preferences.language.value === language,
    run: () => (preferences.language.value = language),
  });
  return (
    <footer class="status-line">
      <div class="status-health" role="status">
        <span class="status-part status-phase">
          <span
            class={`dot ${state === "reachable" ? "dot-live" : state === "unreachable" ? "dot-hot" : "dot-offline"}`}
          />
          {said}
        </span>
        {state === "reachable" && <span class="status-part">{t.status.roundTrip(reach.roundTripMs.value)}</span>}
      </div>
      <Menu
        label={`${t.menu.language}: ${t.languageName}`}
        place="above"
        align="end"
        entries={[choice("en"), choice("zh-CN")]}
      >
        {t.languageName}
        <Icon name="up" size={12} />
      </Menu>
    </footer>
  );
}

/** The session ended while the page was in use: everything behind stays as it is. */
export function SignInOverlay({ email }: { email: string }) {
  const { texts } = useApp();
  const t = texts.value.signIn;
  return <SignInForm title={t.expiredTitle} text={t.expiredText} email={email} />;
}
