import { useState } from "preact/hooks";
import type { AgentInfo, DepartmentInfo, SiteInfo } from "../../../protocol/api.ts";
import { Field } from "../../components/field.tsx";
import { useApp } from "../../components/use-app.ts";
import { SettingsForm } from "./settings-form.tsx";
import { SettingsRow } from "./settings-row.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

export interface DepartmentSettingsProps {
  departments: readonly DepartmentInfo[];
  agents: readonly AgentInfo[];
  sites: readonly SiteInfo[];
  change(department: DepartmentInfo): void;
  add(department: DepartmentInfo): void;
}

/** Departments with who and what belongs to them; who is in one sees its sites and those of none. */
export function DepartmentSettings({ departments, agents, sites, change, add }: DepartmentSettingsProps) {
  const { api, texts } = useApp();
  const form = useSettingsForm(
    { name: "" },
    { save: ({ name }) => api.addDepartment({ name: name.trim() }), saved: add, clears: ["name"] },
  );
  const [open, setOpen] = useState<number | null>(null);
  const t = texts.value.settings;
  return (
    <>
      <p class="settings-about">{t.departmentsAbout}</p>
      {departments.length > 0 && (
        <ul class="settings-list">
          {departments.map((entry) => (
            <SettingsRow
              key={entry.department}
              title={entry.name}
              detail=""
              side={t.departmentHas(
                agents.filter((agent) => agent.departments.includes(entry.department)).length,
                sites.filter((site) => site.department === entry.department).length,
              )}
              open={open === entry.department}
              toggle={() => setOpen(open === entry.department ? null : entry.department)}
            >
              <DepartmentForm entry={entry} change={change} />
            </SettingsRow>
          ))}
        </ul>
      )}
      <SettingsForm
        form={form}
        label={t.addDepartment}
        done={t.departmentAdded}
        disabled={form.values.name.trim() === ""}
      >
        <Field label={t.newDepartment} {...form.field("name")} />
      </SettingsForm>
    </>
  );
}

function DepartmentForm({ entry, change }: { entry: DepartmentInfo; change(department: DepartmentInfo): void }) {
  const { api, texts } = useApp();
  const form = useSettingsForm(
    { name: entry.name },
    { save: ({ name }) => api.renameDepartment(entry.department, { name: name.trim() }), saved: change },
  );
  const t = texts.value.settings;
  return (
    <SettingsForm form={form} label={t.save} done={t.saved}>
      <Field label={t.name} {...form.field("name")} />
    </SettingsForm>
  );
}
