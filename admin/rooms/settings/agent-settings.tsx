import { useState } from "preact/hooks";
import type { AgentInfo } from "../../../protocol/api.ts";
import type { Role } from "../../../protocol/frames.ts";
import { Button } from "../../components/button.tsx";
import { Face } from "../../components/face.tsx";
import { Field, Segments } from "../../components/field.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";

export interface AgentSettingsProps {
  agents: readonly AgentInfo[];
  change(agent: AgentInfo): void;
  add(agent: AgentInfo): void;
}

export function AgentSettings({ agents, change, add }: AgentSettingsProps) {
  const { api, texts } = useApp();
  const { session } = useDesk();
  const t = texts.value.settings;
  const toggle = async (agent: AgentInfo) => {
    const answer = await api.changeAgent(agent.id, { disabled: !agent.disabled });
    if (answer.ok) change(answer.value);
  };
  return (
    <>
      <ul class="agent-list">
        {agents.map((agent) => (
          <li key={agent.id} class={agent.disabled ? "agent-disabled" : ""}>
            <Face name={agent.name} picture={agent.face} size={28} />
            <span class="agent-who">
              <b dir="auto">{agent.name}</b>
              <span class="faint">{agent.email}</span>
            </span>
            <span class="faint">
              {t.roles[agent.role]}
              {agent.disabled && `, ${t.disabled}`}
            </span>
            {agent.id !== session.agent.id && agent.role !== "owner" && (
              <Button onClick={() => void toggle(agent)}>{agent.disabled ? t.enable : t.disable}</Button>
            )}
          </li>
        ))}
      </ul>
      <NewAgentForm add={add} />
    </>
  );
}

function NewAgentForm({ add }: { add(agent: AgentInfo): void }) {
  const { api, texts } = useApp();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<{ field: string; text: string } | null>(null);
  const t = texts.value.settings;
  const submit = async () => {
    setBusy(true);
    setWrong(null);
    const answer = await api.addAgent({ name: name.trim(), email: email.trim(), password, role });
    setBusy(false);
    if (!answer.ok)
      return setWrong({
        field: answer.field ?? "",
        text: answer.code === "conflict" ? t.emailTaken : answer.field ? t.invalid : t.failed,
      });
    add(answer.value);
    setName("");
    setEmail("");
    setPassword("");
  };
  const error = (field: string) => (wrong?.field === field ? wrong.text : undefined);
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h3>{t.addAgent}</h3>
      <Field label={t.name} value={name} onInput={setName} error={error("name")} />
      <Field
        label={t.email}
        type="email"
        value={email}
        onInput={setEmail}
        error={error("email") ?? (wrong?.field === "" ? wrong.text : undefined)}
        autoComplete="off"
      />
      <Field
        label={t.password}
        type="password"
        value={password}
        onInput={setPassword}
        hint={t.passwordHint}
        error={error("password")}
        autoComplete="new-password"
      />
      <div class="settings-line">
        <span>{t.role}</span>
        <Segments<Role>
          label={t.role}
          value={role}
          options={(["agent", "admin", "viewer"] as const).map((value) => ({ value, label: t.roles[value] }))}
          choose={setRole}
        />
      </div>
      <div class="settings-actions">
        <Button kind="main" submit disabled={busy || name.trim() === "" || email.trim() === "" || password === ""}>
          {t.addAgent}
        </Button>
      </div>
    </form>
  );
}
