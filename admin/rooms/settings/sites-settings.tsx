import { useState } from "preact/hooks";
import type { DepartmentInfo, SiteInfo } from "../../../protocol/api.ts";
import { Field } from "../../components/field.tsx";
import { useApp } from "../../components/use-app.ts";
import { SaveLine } from "./save-line.tsx";
import { SettingsRow } from "./settings-row.tsx";
import { SiteForm } from "./site-form.tsx";
import { useSaving } from "./use-saving.ts";

export interface SitesSettingsProps {
  sites: readonly SiteInfo[];
  departments: readonly DepartmentInfo[];
  change(site: SiteInfo): void;
  add(site: SiteInfo): void;
}

export function SitesSettings({ sites, departments, change, add }: SitesSettingsProps) {
  const { texts } = useApp();
  const t = texts.value.settings;
  // The only one needs no choice; a new one shows its line for the pages at once.
  const [open, setOpen] = useState<string | null>(sites.length === 1 ? (sites[0]?.key ?? null) : null);
  return (
    <>
      <ul class="settings-list">
        {sites.map((site) => (
          <SettingsRow
            key={site.key}
            title={site.name}
            detail={site.origins.length === 0 ? t.anyOrigin : site.origins.join(", ")}
            side={departments.find(({ department }) => department === site.department)?.name}
            open={open === site.key}
            toggle={() => setOpen(open === site.key ? null : site.key)}
          >
            <SiteForm site={site} departments={departments} change={change} />
          </SettingsRow>
        ))}
      </ul>
      <NewSiteForm
        add={(site) => {
          add(site);
          setOpen(site.key);
        }}
      />
    </>
  );
}

function NewSiteForm({ add }: { add(site: SiteInfo): void }) {
  const { api, texts } = useApp();
  const [name, setName] = useState("");
  const saving = useSaving();
  const t = texts.value.settings;
  const submit = async () => {
    const site = await saving.save(api.addSite({ name: name.trim() }));
    if (!site) return;
    add(site);
    setName("");
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
      <Field
        label={t.newSite}
        value={name}
        hint={t.newSiteHint}
        error={saving.error("name")}
        onInput={(value) => {
          setName(value);
          saving.edited();
        }}
      />
      <SaveLine saving={saving} fields={["name"]} label={t.addSite} done={t.siteAdded} disabled={name.trim() === ""} />
    </form>
  );
}
