import type { ComponentChildren } from "preact";
import { Button } from "../../components/button.tsx";
import { Form } from "../../components/form.tsx";
import { useApp } from "../../components/use-app.ts";
import type { SettingsForm as FormState } from "./use-settings-form.ts";

export interface SettingsFormProps {
  form: Pick<FormState<unknown>, "saving" | "drawn" | "submit">;
  /** On its button. */
  label: string;
  /** Said after it was saved. */
  done: string;
  disabled?: boolean;
  children: ComponentChildren;
  /** Below the button. */
  foot?: ComponentChildren;
}

/** Its fields, its button, and what became of them. */
export function SettingsForm({ form, label, done, disabled = false, children, foot }: SettingsFormProps) {
  const t = useApp().texts.value.settings;
  const { state } = form.saving;
  const rest = form.saving.rest(form.drawn);
  return (
    <Form class="settings-form" submit={() => void form.submit()}>
      {children}
      <div class="settings-actions">
        <Button kind="main" submit disabled={disabled || state === "saving"}>
          {state === "saving" ? t.saving : label}
        </Button>
        <span role="status" class={rest ? "field-error" : "faint"}>
          {rest ?? (state === "saved" ? done : "")}
        </span>
      </div>
      {foot}
    </Form>
  );
}
