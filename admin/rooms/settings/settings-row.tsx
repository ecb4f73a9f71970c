import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";

export interface SettingsRowProps {
  /** What stands before the name. */
  lead?: ComponentChildren;
  title: string;
  detail: string;
  /** At the end of the line. */
  side?: ComponentChildren;
  open: boolean;
  toggle(): void;
  dimmed?: boolean;
  children: ComponentChildren;
}

/** A line that unfolds into its form. */
export function SettingsRow({ lead, title, detail, side, open, toggle, dimmed = false, children }: SettingsRowProps) {
  const id = useId();
  return (
    <li class={`settings-row${dimmed ? " settings-row-dimmed" : ""}`}>
      <button type="button" class="settings-row-head" aria-expanded={open} aria-controls={id} onClick={toggle}>
        {lead}
        <span class="settings-row-who">
          <b class="cut" dir="auto">
            {title}
          </b>
          {detail !== "" && <span class="faint cut">{detail}</span>}
        </span>
        {side && <span class="settings-row-side">{side}</span>}
        <span class="settings-row-fold">
          <Icon name={open ? "up" : "down"} size={14} />
        </span>
      </button>
      <div id={id} hidden={!open}>
        {open && children}
      </div>
    </li>
  );
}
