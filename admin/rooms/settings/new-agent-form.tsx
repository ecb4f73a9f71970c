import type { AgentInfo } from "../../../protocol/api.ts";
import type { Role } from "../../../protocol/frames.ts";
import { Field, Segments } from "../../components/field.tsx";
import { useApp } from "../../components/use-app.ts";
import { SettingsForm } from "./settings-form.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

export function NewAgentForm({ add }: { add(agent: AgentInfo): void }) {
  const { api, texts } = useApp();
  const form = useSettingsForm(
    { name: "", email: "", password: "", role: "agent" as Role },
    {
      save: ({ name, email, ...rest }) => api.addAgent({ name: name.trim(), email: email.trim(), ...rest }),
      saved: add,
      clears: ["name", "email", "password"],
    },
  );
  const { name, email, password, role } = form.values;
  const t = texts.value.settings;
  return (
    <SettingsForm
      form={form}
      label={t.addAgent}
      done={t.agentAdded}
      disabled={name.trim() === "" || email.trim() === "" || password === ""}
    >
      <h3>{t.newAgent}</h3>
      <Field label={t.agentName} {...form.field("name")} />
      <Field label={t.email} type="email" autoComplete="off" {...form.field("email")} />
      <Field
        label={t.password}
        type="password"
        hint={t.passwordHint}
        autoComplete="new-password"
        {...form.field("password")}
      />
      <div class="settings-line">
        <span>{t.role}</span>
        <Segments<Role>
          label={t.role}
          value={role}
          options={(["agent", "viewer", "admin"] as const).map((value) => ({ value, label: t.roles[value] }))}
          choose={form.set("role")}
        />
      </div>
      <p class="settings-about">{t.roleAbout[role]}</p>
    </SettingsForm>
  );
}
