import type { AgentInfo, DepartmentInfo, SiteInfo } from "../../../protocol/api.ts";
import { Field } from "../../components/field.tsx";
import { useApp } from "../../components/use-app.ts";
import { SettingsForm } from "./settings-form.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

export interface DepartmentSettingsProps {
  departments: readonly DepartmentInfo[];
  agents: readonly AgentInfo[];
  sites: readonly SiteInfo[];
  add(department: DepartmentInfo): void;
}

/** Departments with who and what belongs to them; who is in one sees its sites and those of none. */
export function DepartmentSettings({ departments, agents, sites, add }: DepartmentSettingsProps) {
  const { api, texts } = useApp();
  const form = useSettingsForm(
    { name: "" },
    { save: ({ name }) => api.addDepartment({ name: name.trim() }), saved: add, clears: ["name"] },
  );
  const t = texts.value.settings;
  return (
    <>
      <p class="settings-about">{t.departmentsAbout}</p>
      {departments.length > 0 && (
        <ul class="settings-list">
          {departments.map(({ department, name: called }) => (
            <li key={department} class="settings-row settings-row-plain">
              <b class="cut" dir="auto">
                {called}
              </b>
              <span class="faint">
                {t.departmentHas(
                  agents.filter((agent) => agent.departments.includes(department)).length,
                  sites.filter((site) => site.department === department).length,
                )}
              </span>
            </li>
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
