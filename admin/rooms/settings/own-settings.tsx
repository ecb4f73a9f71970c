import { Field } from "../../components/field.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { SettingsForm } from "./settings-form.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

/** What everybody may change about themselves. */
export function OwnSettings() {
  return (
    <>
      <OwnName />
      <OwnPassword />
    </>
  );
}

function OwnName() {
  const { api, texts, refreshSession } = useApp();
  const { session } = useDesk();
  const form = useSettingsForm(
    { name: session.agent.name },
    { save: ({ name }) => api.changeOwn({ name: name.trim() }), saved: refreshSession },
  );
  const t = texts.value.settings;
  return (
    <SettingsForm form={form} label={t.changeName} done={t.saved}>
      <Field label={t.ownName} hint={t.ownNameHint} {...form.field("name")} />
    </SettingsForm>
  );
}

function OwnPassword() {
  const { api, texts } = useApp();
  const { session } = useDesk();
  const form = useSettingsForm(
    { current: "", next: "" },
    { save: (password) => api.changeOwn({ password }), clears: ["current", "next"] },
  );
  const { current, next } = form.values;
  const t = texts.value.settings;
  return (
    <SettingsForm
      form={form}
      label={t.changePassword}
      done={t.passwordChanged}
      disabled={current === "" || next === ""}
    >
      <h3>{t.changePassword}</h3>
      {/* Password managers ask whose it is. */}
      <input type="text" autocomplete="username" value={session.agent.email} hidden readOnly />
      <Field
        label={t.presentPassword}
        type="password"
        autoComplete="current-password"
        {...form.field("current", "password.current")}
      />
      <Field
        label={t.newPassword}
        type="password"
        hint={t.newPasswordHint}
        autoComplete="new-password"
        {...form.field("next", "password.next")}
      />
    </SettingsForm>
  );
}
