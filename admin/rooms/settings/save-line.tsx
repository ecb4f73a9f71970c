import { Button } from "../../components/button.tsx";
import { useApp } from "../../components/use-app.ts";
import type { Saving } from "./use-saving.ts";

/** The button of a form and what became of it; `fields` are those that show their own errors. */
export function SaveLine({
  saving,
  fields,
  label,
  done,
  disabled = false,
}: {
  saving: Saving;
  fields: readonly string[];
  label: string;
  /** Said after it was saved. */
  done: string;
  disabled?: boolean;
}) {
  const t = useApp().texts.value.settings;
  const rest = saving.rest(fields);
  return (
    <div class="settings-actions">
      <Button kind="main" submit disabled={disabled || saving.state === "saving"}>
        {saving.state === "saving" ? t.saving : label}
      </Button>
      <span role="status" class={rest ? "field-error" : "faint"}>
        {rest ?? (saving.state === "saved" ? done : "")}
      </span>
    </div>
  );
}
