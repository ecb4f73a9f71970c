import { useState } from "preact/hooks";
import type { DepartmentInfo, SiteChange, SiteInfo } from "../../../protocol/api.ts";
import { Button } from "../../components/button.tsx";
import { Field, Segments, Switch } from "../../components/field.tsx";
import { snippetOf } from "../../components/snippet.ts";
import { useApp } from "../../components/use-app.ts";
import { SettingsForm } from "./settings-form.tsx";
import { useSettingsForm } from "./use-settings-form.ts";

export interface SiteFormProps {
  site: SiteInfo;
  departments: readonly DepartmentInfo[];
  change(site: SiteInfo): void;
}

export function SiteForm({ site, departments, change }: SiteFormProps) {
  const { api, texts } = useApp();
  const form = useSettingsForm(
    {
      ...site,
      color: site.color ?? "",
      origins: site.origins.join("\n"),
      reopenDays: String(site.reopenDays),
    },
    { save: (values) => api.changeSite(site.key, changeOf(values)), saved: change },
  );
  const { side, previews, remembers, requireSignature, department } = form.values;
  const t = texts.value.settings;
  return (
    <SettingsForm form={form} label={t.save} done={t.saved}>
      <Field label={t.name} {...form.field("name")} />
      <Field label={t.color} hint={t.colorHint} {...form.field("color")} />
      <div class="settings-line">
        <span>{t.side}</span>
        <Segments
          label={t.side}
          value={side}
          options={[
            { value: "left", label: t.left },
            { value: "right", label: t.right },
          ]}
          choose={form.set("side")}
        />
      </div>
      <Field label={t.origins} rows={3} hint={t.originsHint} {...form.field("origins")} />
      <Switch label={t.previews} hint={t.previewsHint} on={previews} change={form.set("previews")} />
      <Switch label={t.remembers} hint={t.remembersHint} on={remembers} change={form.set("remembers")} />
      <Switch
        label={t.requireSignature}
        hint={t.requireSignatureHint}
        on={requireSignature}
        change={form.set("requireSignature")}
      />
      <Field label={t.reopenDays} type="number" hint={t.reopenHint} {...form.field("reopenDays")} />
      {departments.length > 0 && (
        <div class="settings-line">
          <span>{t.department}</span>
          <Segments
            label={t.department}
            value={String(department ?? "")}
            options={[
              { value: "", label: t.everybody },
              ...departments.map((entry) => ({ value: String(entry.department), label: entry.name })),
            ]}
            choose={(value) => form.set("department")(value === "" ? null : Number(value))}
          />
        </div>
      )}
      {site.secret !== undefined && <Secret secret={site.secret} />}
      <div class="settings-line settings-column">
        <span>{t.snippet}</span>
        <code class="snippet">{snippetOf(site.key)}</code>
      </div>
    </SettingsForm>
  );
}

function changeOf({
  name,
  color,
  side,
  origins,
  previews,
  remembers,
  requireSignature,
  reopenDays,
  department,
}: Omit<SiteInfo, "color" | "origins" | "reopenDays"> & {
  color: string;
  origins: string;
  reopenDays: string;
}): SiteChange {
  return {
    name: name.trim(),
    color: color.trim() === "" ? null : color.trim(),
    side,
    origins: linesOf(origins),
    previews,
    remembers,
    requireSignature,
    // Nothing is no number of days.
    reopenDays: reopenDays.trim() === "" ? -1 : Number(reopenDays),
    department,
  };
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function Secret({ secret }: { secret: string }) {
  const { texts } = useApp();
  const [shown, setShown] = useState(false);
  const [copied, setCopied] = useState(false);
  const t = texts.value.settings;
  return (
    <div class="settings-line settings-column">
      <span>{t.secret}</span>
      <div class="settings-secret">
        <code class="snippet">{shown ? secret : "•".repeat(16)}</code>
        <Button onClick={() => setShown(!shown)}>{shown ? t.hide : t.show}</Button>
        <Button onClick={() => void navigator.clipboard?.writeText(secret).then(() => setCopied(true))}>
          {copied ? t.copied : t.copy}
        </Button>
      </div>
    </div>
  );
}
