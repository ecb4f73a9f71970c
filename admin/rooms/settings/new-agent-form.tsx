import { useState } from "preact/hooks";
import type { AgentInfo } from "../../../protocol/api.ts";
import type { Role } from "../../../protocol/frames.ts";
import { Field, Segments } from "../../components/field.tsx";
import { useApp } from "../../components/use-app.ts";
import { SaveLine } from "./save-line.tsx";
import { useSaving } from "./use-saving.ts";

export function NewAgentForm({ add }: { add(agent: AgentInfo): void }) {
  const { api, texts } = useApp();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const saving = useSaving();
  const t = texts.value.settings;
  const submit = async () => {
    const agent = await saving.save(api.addAgent({ name: name.trim(), email: email.trim(), password, role }));
    if (!agent) return;
    add(agent);
    setName("");
    setEmail("");
    setPassword("");
  };
  const edited =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      saving.edited();
    };
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h3>{t.newAgent}</h3>
      <Field label={t.agentName} value={name} onInput={edited(setName)} error={saving.error("name")} />
      <Field
        label={t.email}
        type="email"
        value={email}
        onInput={edited(setEmail)}
        error={saving.error("email")}
        autoComplete="off"
      />
      <Field
        label={t.password}
        type="password"
        value={password}
        onInput={edited(setPassword)}
        hint={t.passwordHint}
        error={saving.error("password")}
        autoComplete="new-password"
      />
      <div class="settings-line">
        <span>{t.role}</span>
        <Segments<Role>
          label={t.role}
          value={role}
          options={(["agent", "viewer", "admin"] as const).map((value) => ({ value, label: t.roles[value] }))}
          choose={edited<Role>(setRole)}
        />
      </div>
      <p class="settings-about">{t.roleAbout[role]}</p>
      <SaveLine
        saving={saving}
        fields={["name", "email", "password"]}
        label={t.addAgent}
        done={t.agentAdded}
        disabled={name.trim() === "" || email.trim() === "" || password === ""}
      />
    </form>
  );
}
