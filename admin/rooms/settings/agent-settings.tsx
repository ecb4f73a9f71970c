import { useState } from "preact/hooks";
import type { AgentInfo, DepartmentInfo } from "../../../protocol/api.ts";
import type { Role } from "../../../protocol/frames.ts";
import { Button } from "../../components/button.tsx";
import { Face } from "../../components/face.tsx";
import { Field, Segments, Toggles } from "../../components/field.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { NewAgentForm } from "./new-agent-form.tsx";
import { SaveLine } from "./save-line.tsx";
import { SettingsRow } from "./settings-row.tsx";
import { useSaving } from "./use-saving.ts";

export interface AgentSettingsProps {
  agents: readonly AgentInfo[];
  departments: readonly DepartmentInfo[];
  change(agent: AgentInfo): void;
  add(agent: AgentInfo): void;
}

export function AgentSettings({ agents, departments, change, add }: AgentSettingsProps) {
  const { texts } = useApp();
  const { session } = useDesk();
  const [open, setOpen] = useState<string | null>(null);
  const t = texts.value.settings;
  // Only owners change owners.
  const mayChange = (agent: AgentInfo) => agent.role !== "owner" || session.agent.role === "owner";
  const namesOf = (agent: AgentInfo) =>
    departments.filter(({ department }) => agent.departments.includes(department)).map(({ name }) => name);
  return (
    <>
      <ul class="settings-list">
        {agents.map((agent) => {
          const face = <Face name={agent.name} picture={agent.face} size={28} />;
          const side = [t.roles[agent.role], ...namesOf(agent), ...(agent.disabled ? [t.disabled] : [])].join(
            texts.value.comma,
          );
          return mayChange(agent) ? (
            <SettingsRow
              key={agent.id}
              lead={face}
              title={agent.name}
              detail={agent.email}
              side={side}
              dimmed={agent.disabled}
              open={open === agent.id}
              toggle={() => setOpen(open === agent.id ? null : agent.id)}
            >
              <AgentForm agent={agent} departments={departments} change={change} />
            </SettingsRow>
          ) : (
            <li key={agent.id} class="settings-row settings-row-plain">
              {face}
              <span class="settings-row-who">
                <b class="cut" dir="auto">
                  {agent.name}
                </b>
                <span class="faint cut">{agent.email}</span>
              </span>
              <span class="settings-row-side">{side}</span>
            </li>
          );
        })}
      </ul>
      <NewAgentForm add={add} />
    </>
  );
}

function AgentForm({
  agent,
  departments,
  change,
}: {
  agent: AgentInfo;
  departments: readonly DepartmentInfo[];
  change(agent: AgentInfo): void;
}) {
  const { api, texts, refreshSession } = useApp();
  const { session } = useDesk();
  const [name, setName] = useState(agent.name);
  const [role, setRole] = useState<Role>(agent.role);
  const [chosen, setChosen] = useState<readonly number[]>(agent.departments);
  const saving = useSaving();
  const ending = useSaving();
  const t = texts.value.settings;
  const own = agent.id === session.agent.id;
  const roles: Role[] = ["agent", "viewer", "admin", ...(session.agent.role === "owner" ? ["owner" as const] : [])];
  const submit = async () => {
    ending.edited();
    const changed = await saving.save(api.changeAgent(agent.id, { name: name.trim(), role, departments: [...chosen] }));
    if (!changed) return;
    change(changed);
    if (own) await refreshSession();
  };
  const toggleAccount = async () => {
    saving.edited();
    const changed = await ending.save(api.changeAgent(agent.id, { disabled: !agent.disabled }));
    if (changed) change(changed);
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
      <Field label={t.agentName} value={name} onInput={edited(setName)} error={saving.error("name")} />
      <div class="settings-line">
        <span>{t.role}</span>
        <Segments<Role>
          label={t.role}
          value={role}
          options={roles.map((value) => ({ value, label: t.roles[value] }))}
          choose={edited<Role>(setRole)}
        />
      </div>
      <p class="settings-about">{t.roleAbout[role]}</p>
      {departments.length > 0 && (
        <div class="settings-line">
          <span>{t.departments}</span>
          <Toggles
            label={t.departments}
            values={chosen}
            options={departments.map(({ department, name: label }) => ({ value: department, label }))}
            choose={edited<readonly number[]>(setChosen)}
          />
        </div>
      )}
      <SaveLine saving={saving} fields={["name"]} label={t.save} done={t.saved} />
      {!own && (
        <div class="settings-line settings-end">
          <span class={ending.state === "refused" ? "field-error" : "faint"} role="status">
            {ending.wrong?.text ?? (agent.disabled ? t.disabledAbout : t.disableAbout)}
          </span>
          <Button disabled={ending.state === "saving"} onClick={() => void toggleAccount()}>
            {agent.disabled ? t.enable : t.disable}
          </Button>
        </div>
      )}
    </form>
  );
}
