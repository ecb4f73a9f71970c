import { useState } from "preact/hooks";
import type { DepartmentInfo, SiteInfo } from "../../../protocol/api.ts";
import { Field } from "../../components/field.tsx";
import { useApp } from "../../components/use-app.ts";
import { SettingsForm } from "./settings-form.tsx";
import { SettingsRow } from "./settings-row.tsx";
import { SiteForm } from "./site-form.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

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
  const form = useSettingsForm(
    { name: "" },
    { save: ({ name }) => api.addSite({ name: name.trim() }), saved: add, clears: ["name"] },
  );
  const t = texts.value.settings;
  return (
    <SettingsForm form={form} label={t.addSite} done={t.siteAdded} disabled={form.values.name.trim() === ""}>
      <Field label={t.newSite} hint={t.newSiteHint} {...form.field("name")} />
    </SettingsForm>
  );
}
