import type { Theme } from "../state/preferences.ts";
import { catalogues, type Language } from "../texts/catalogues.ts";
import { Icon, Mark } from "./icon.tsx";
import { Menu, type MenuEntry } from "./menu.tsx";
import { useApp, useDesk } from "./use-app.ts";

/** Settings, appearance, language, keys and the way out, behind the tenant's name. */
export function AccountMenu() {
  const { texts } = useApp();
  const { session } = useDesk();
  const entries = useAccountEntries();
  return (
    <Menu label={texts.value.sidebar.accountMenu(session.tenant.name)} class="account" entries={entries}>
      <Mark size={20} />
      <span class="account-name cut sidebar-word" dir="auto">
        {session.tenant.name}
      </span>
      <span class="account-arrow sidebar-word">
        <Icon name="down" size={14} />
      </span>
    </Menu>
  );
}

export function useAccountEntries(): MenuEntry[] {
  const app = useApp();
  const { session } = useDesk();
  const t = app.texts.value;
  const { theme, language, singleKeys } = app.preferences;
  const themeChoice = (value: Theme): MenuEntry => ({
    type: "choice",
    label: t.menu[value],
    chosen: theme.value === value,
    run: () => (theme.value = value),
  });
  const languageChoice = (value: Language): MenuEntry => ({
    type: "choice",
    label: catalogues[value].languageName,
    chosen: language.value === value,
    run: () => (language.value = value),
  });
  return [
    { type: "heading", label: `${session.agent.name} · ${session.agent.email}` },
    { type: "action", label: t.rooms.settings, icon: "settings", run: () => app.router.go({ room: "settings" }) },
    { type: "action", label: t.keys.title, detail: "?", run: () => (app.keysOpen.value = true) },
    { type: "heading", label: t.menu.theme },
    themeChoice("system"),
    themeChoice("light"),
    themeChoice("dark"),
    { type: "heading", label: t.menu.language },
    languageChoice("en"),
    languageChoice("zh-CN"),
    { type: "heading", label: t.menu.singleKeys },
    { type: "choice", label: t.menu.on, chosen: singleKeys.value, run: () => (singleKeys.value = true) },
    { type: "choice", label: t.menu.off, chosen: !singleKeys.value, run: () => (singleKeys.value = false) },
    { type: "action", label: t.menu.signOut, icon: "leave", run: () => (app.signOutOpen.value = true) },
  ];
}
