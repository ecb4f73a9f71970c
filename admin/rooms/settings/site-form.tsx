import { useState } from "preact/hooks";
import type { DepartmentInfo, SiteChange, SiteInfo } from "../../../protocol/api.ts";
import { Button } from "../../components/button.tsx";
import { Field, Segments, Switch } from "../../components/field.tsx";
import { snippetOf } from "../../components/snippet.ts";
import { useApp } from "../../components/use-app.ts";
import { SaveLine } from "./save-line.tsx";
import { useSaving } from "./use-saving.ts";

export interface SiteFormProps {
  site: SiteInfo;
  departments: readonly DepartmentInfo[];
  change(site: SiteInfo): void;
}

/** Those that show their own errors. */
const fields = ["name", "color", "origins", "reopenDays"];

export function SiteForm({ site, departments, change }: SiteFormProps) {
  const { api, texts } = useApp();
  const [name, setName] = useState(site.name);
  const [color, setColor] = useState(site.color ?? "");
  const [side, setSide] = useState(site.side);
  const [origins, setOrigins] = useState(site.origins.join("\n"));
  const [previews, setPreviews] = useState(site.previews);
  const [remembers, setRemembers] = useState(site.remembers);
  const [requireSignature, setRequireSignature] = useState(site.requireSignature);
  const [reopenDays, setReopenDays] = useState(String(site.reopenDays));
  const [department, setDepartment] = useState(site.department);
  const saving = useSaving();
  const t = texts.value.settings;
  const save = async () => {
    const wanted: SiteChange = {
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
    const changed = await saving.save(api.changeSite(site.key, wanted));
    if (changed) change(changed);
  };
  const edited =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      saving.edited();
    };
  const { error } = saving;
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t.name} value={name} onInput={edited(setName)} error={error("name")} />
      <Field label={t.color} value={color} onInput={edited(setColor)} hint={t.colorHint} error={error("color")} />
      <div class="settings-line">
        <span>{t.side}</span>
        <Segments
          label={t.side}
          value={side}
          options={[
            { value: "left", label: t.left },
            { value: "right", label: t.right },
          ]}
          choose={edited<"left" | "right">(setSide)}
        />
      </div>
      <Field
        label={t.origins}
        value={origins}
        onInput={edited(setOrigins)}
        rows={3}
        hint={t.originsHint}
        error={error("origins")}
      />
      <Switch label={t.previews} hint={t.previewsHint} on={previews} change={edited(setPreviews)} />
      <Switch label={t.remembers} hint={t.remembersHint} on={remembers} change={edited(setRemembers)} />
      <Switch
        label={t.requireSignature}
        hint={t.requireSignatureHint}
        on={requireSignature}
        change={edited(setRequireSignature)}
      />
      <Field
        label={t.reopenDays}
        type="number"
        value={reopenDays}
        onInput={edited(setReopenDays)}
        hint={t.reopenHint}
        error={error("reopenDays")}
      />
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
            choose={edited((value: string) => setDepartment(value === "" ? null : Number(value)))}
          />
        </div>
      )}
      {site.secret !== undefined && <Secret secret={site.secret} />}
      <div class="settings-line settings-column">
        <span>{t.snippet}</span>
        <code class="snippet">{snippetOf(site.key)}</code>
      </div>
      <SaveLine saving={saving} fields={fields} label={t.save} done={t.saved} />
    </form>
  );
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
