import type { Ref } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icon.tsx";

export interface FieldProps {
  label: string;
  value: string;
  onInput(value: string): void;
  type?: "text" | "email" | "password" | "number" | "color";
  error?: string | undefined;
  hint?: string;
  autoComplete?: "username" | "current-password" | "new-password" | "off";
  rows?: number;
  elementRef?: Ref<HTMLInputElement>;
}

export function Field(props: FieldProps) {
  const id = useId();
  const { error, hint, rows } = props;
  // Preact ties each type to the roles it may have; a union of types has none in common.
  const type = (props.type ?? "text") as "text";
  const described = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <div class={`field${error ? " field-wrong" : ""}`}>
      <label for={id}>{props.label}</label>
      {rows === undefined ? (
        <input
          {...(props.elementRef ? { ref: props.elementRef } : {})}
          id={id}
          type={type}
          value={props.value}
          autocomplete={props.autoComplete ?? "off"}
          spellcheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={described}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      ) : (
        <textarea
          id={id}
          rows={rows}
          value={props.value}
          spellcheck={false}
          aria-invalid={error ? true : undefined}
          aria-describedby={described}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
      {error ? (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      ) : (
        hint && (
          <p class="field-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** One of a few, side by side. */
export function Segments<T extends string>({
  label,
  value,
  options,
  choose,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  choose(value: T): void;
}) {
  return (
    <div class="segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          class="segment"
          onClick={() => choose(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}

/** Any number of a few, side by side. */
export function Toggles<T extends string | number>({
  label,
  values,
  options,
  choose,
}: {
  label: string;
  values: readonly T[];
  options: readonly { value: T; label: string }[];
  choose(values: readonly T[]): void;
}) {
  return (
    <div class="segments" role="group" aria-label={label}>
      {options.map(({ value, label: text }) => (
        <button
          key={value}
          type="button"
          aria-pressed={values.includes(value)}
          class="segment"
          onClick={() =>
            choose(values.includes(value) ? values.filter((other) => other !== value) : [...values, value])
          }
        >
          {values.includes(value) && <Icon name="tick" size={12} />}
          {text}
        </button>
      ))}
    </div>
  );
}

export function Switch({
  label,
  hint,
  on,
  change,
}: {
  label: string;
  hint?: string;
  on: boolean;
  change(on: boolean): void;
}) {
  const id = useId();
  return (
    <div class="switch-row">
      <button
        type="button"
        role="switch"
        aria-checked={on}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        class="switch"
        onClick={() => change(!on)}
      >
        <span class="switch-knob" />
      </button>
      <div>
        <div id={`${id}-label`} class="switch-label">
          {label}
        </div>
        {hint && (
          <div id={`${id}-hint`} class="field-hint">
            {hint}
          </div>
        )}
      </div>
    </div>
  );
}
