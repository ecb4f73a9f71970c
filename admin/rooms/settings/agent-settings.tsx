import { useState } from "preact/hooks";
import type { AgentInfo, DepartmentInfo } from "../../../protocol/api.ts";
import type { Role } from "../../../protocol/frames.ts";
import { Button } from "../../components/button.tsx";
import { Face } from "../../components/face.tsx";
import { Field, Segments, Toggles } from "../../components/field.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { NewAgentForm } from "./new-agent-form.tsx";
import { SettingsForm } from "./settings-form.tsx";
import { SettingsRow } from "./settings-row.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

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
  const own = agent.id === session.agent.id;
  const form = useSettingsForm(
    { name: agent.name, role: agent.role, departments: agent.departments },
    {
      save: ({ name, ...rest }) => api.changeAgent(agent.id, { name: name.trim(), ...rest }),
      saved: async (changed) => {
        change(changed);
        if (own) await refreshSession();
      },
    },
  );
  const ending = useSettingsForm(
    {},
    { save: () => api.changeAgent(agent.id, { disabled: !agent.disabled }), saved: change },
  );
  const { role, departments: chosen } = form.values;
  const t = texts.value.settings;
  const roles: Role[] = ["agent", "viewer", "admin", ...(session.agent.role === "owner" ? ["owner" as const] : [])];
  return (
    <SettingsForm
      form={{
        ...form,
        submit: () => {
          ending.saving.edited();
          return form.submit();
        },
      }}
      label={t.save}
      done={t.saved}
      foot={
        !own && (
          <div class="settings-line settings-end">
            <span class={ending.saving.state === "refused" ? "field-error" : "faint"} role="status">
              {ending.saving.wrong?.text ?? (agent.disabled ? t.disabledAbout : t.disableAbout)}
            </span>
            <Button
              disabled={ending.saving.state === "saving"}
              onClick={() => {
                form.saving.edited();
                void ending.submit();
              }}
            >
              {agent.disabled ? t.enable : t.disable}
            </Button>
          </div>
        )
      }
    >
      <Field label={t.agentName} {...form.field("name")} />
      <div class="settings-line">
        <span>{t.role}</span>
        <Segments<Role>
          label={t.role}
          value={role}
          options={roles.map((value) => ({ value, label: t.roles[value] }))}
          choose={form.set("role")}
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
            choose={form.set("departments")}
          />
        </div>
      )}
    </SettingsForm>
  );
}
