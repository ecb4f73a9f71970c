import { useState } from "preact/hooks";
import type { AgentInfo, DepartmentInfo, SiteInfo } from "../../../protocol/api.ts";
import { Field } from "../../components/field.tsx";
import { useApp } from "../../components/use-app.ts";
import { SaveLine } from "./save-line.tsx";
import { useSaving } from "./use-saving.ts";

export interface DepartmentSettingsProps {
  departments: readonly DepartmentInfo[];
  agents: readonly AgentInfo[];
  sites: readonly SiteInfo[];
  add(department: DepartmentInfo): void;
}

/** Departments with who and what belongs to them; who is in one sees its sites and those of none. */
export function DepartmentSettings({ departments, agents, sites, add }: DepartmentSettingsProps) {
  const { api, texts } = useApp();
  const [name, setName] = useState("");
  const saving = useSaving();
  const t = texts.value.settings;
  const submit = async () => {
    const added = await saving.save(api.addDepartment({ name: name.trim() }));
    if (!added) return;
    add(added);
    setName("");
  };
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
      <form
        class="settings-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          label={t.newDepartment}
          value={name}
          error={saving.error("name")}
          onInput={(value) => {
            setName(value);
            saving.edited();
          }}
        />
        <SaveLine
          saving={saving}
          fields={["name"]}
          label={t.addDepartment}
          done={t.departmentAdded}
          disabled={name.trim() === ""}
        />
      </form>
    </>
  );
}
