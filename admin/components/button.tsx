import type { ComponentChildren, Ref } from "preact";
import { Icon, type IconName } from "./icon.tsx";
import { KeyCap } from "./key-cap.tsx";

export interface ButtonProps {
  children: ComponentChildren;
  onClick?: (() => void) | undefined;
  /** `main`: the one that goes on. `quiet`: bordered. `plain`: text alone. `note`: on the yellow paper. */
  kind?: "main" | "quiet" | "plain" | "note" | "hot";
  icon?: IconName;
  keyName?: string;
  disabled?: boolean;
  submit?: boolean;
  wide?: boolean;
  pressed?: boolean;
  elementRef?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { kind = "quiet", icon, keyName, submit = false, wide = false } = props;
  return (
    <button
      ref={props.elementRef ?? null}
      type={submit ? "submit" : "button"}
      class={`button button-${kind}${wide ? " button-wide" : ""}`}
      disabled={props.disabled ?? false}
      aria-pressed={props.pressed}
      aria-keyshortcuts={keyName}
      onClick={() => props.onClick?.()}
    >
      {icon && <Icon name={icon} size={14} />}
      <span>{props.children}</span>
      {keyName && <KeyCap name={keyName} />}
    </button>
  );
}

export interface IconButtonProps {
  icon: IconName;
  label: string;
  onClick(): void;
  expanded?: boolean;
  elementRef?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon, label, onClick, expanded, elementRef }: IconButtonProps) {
  return (
    <button
      ref={elementRef ?? null}
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
