import { useState } from "preact/hooks";
import type { SiteChange, SiteInfo } from "../../../protocol/api.ts";
import { Button } from "../../components/button.tsx";
import { Field, Segments, Switch } from "../../components/field.tsx";
import { snippetOf } from "../../components/snippet.ts";
import { useApp } from "../../components/use-app.ts";

export function SiteSettings({ site }: { site: SiteInfo }) {
  const { api, texts } = useApp();
  const [saved, setSaved] = useState(site);
  const [name, setName] = useState(site.name);
  const [color, setColor] = useState(site.color ?? "");
  const [side, setSide] = useState(site.side);
  const [origins, setOrigins] = useState(site.origins.join("\n"));
  const [previews, setPreviews] = useState(site.previews);
  const [remembers, setRemembers] = useState(site.remembers);
  const [requireSignature, setRequireSignature] = useState(site.requireSignature);
  const [reopenDays, setReopenDays] = useState(String(site.reopenDays));
  const [state, setState] = useState<"idle" | "saving" | "saved" | "failed">("idle");
  const [wrong, setWrong] = useState("");
  const t = texts.value.settings;
  const save = async () => {
    setState("saving");
    setWrong("");
    const change: SiteChange = {
      name: name.trim(),
      color: color.trim() === "" ? null : color.trim(),
      side,
      origins: origins
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== ""),
      previews,
      remembers,
      requireSignature,
      reopenDays: Number(reopenDays),
    };
    const answer = await api.changeSite(site.key, change);
    if (answer.ok) setSaved(answer.value);
    else setWrong(answer.field ?? "");
    setState(answer.ok ? "saved" : "failed");
  };
  const edited =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setState("idle");
    };
  const error = (field: string) => (wrong.startsWith(field) ? t.invalid : undefined);
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
      <Switch label={t.requireSignature} on={requireSignature} change={edited(setRequireSignature)} />
      <Field
        label={t.reopenDays}
        type="number"
        value={reopenDays}
        onInput={edited(setReopenDays)}
        error={error("reopenDays")}
      />
      {saved.secret !== undefined && <Secret secret={saved.secret} />}
      <div class="settings-line settings-column">
        <span>{t.snippet}</span>
        <code class="snippet">{snippetOf(site.key)}</code>
      </div>
      <div class="settings-actions">
        <Button kind="main" submit disabled={state === "saving"}>
          {state === "saving" ? t.saving : t.save}
        </Button>
        <span role="status" class={state === "failed" ? "field-error" : "faint"}>
          {state === "saved" ? t.saved : state === "failed" ? t.failed : ""}
        </span>
      </div>
    </form>
  );
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
