import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";
import { useKeyboard } from "./use-app.ts";

export type MenuEntry =
  | { type: "action"; label: string; icon?: IconName; detail?: string; hot?: boolean; run(): void }
  | { type: "choice"; label: string; chosen: boolean; dot?: "available" | "away"; run(): void }
  | { type: "heading"; label: string };

export interface MenuProps {
  /** Accessible name of the button; its content is `children`. */
  label: string;
  children: ComponentChildren;
  entries: readonly MenuEntry[];
  class?: string;
  /** Where it opens. */
  place?: "below" | "above";
  align?: "start" | "end";
}

/** A button with a menu: arrows choose, Enter does it, Esc and a click elsewhere close it, the focus comes back to the button. */
export function Menu({ label, children, entries, class: className = "", place = "below", align = "start" }: MenuProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <span class="menu-frame">
      <button
        ref={button}
        type="button"
        class={`menu-button ${className}`}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <MenuList
          id={id}
          label={label}
          entries={entries}
          place={place}
          align={align}
          close={close}
          leave={() => setOpen(false)}
          button={button}
        />
      )}
    </span>
  );
}

interface MenuListProps {
  id: string;
  label: string;
  entries: readonly MenuEntry[];
  place: "below" | "above";
  align: "start" | "end";
  close(): void;
  leave(): void;
  button: { readonly current: HTMLButtonElement | null };
}

function MenuList({ id, label, entries, place, align, close, leave, button }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  const keyboard = useKeyboard();
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
  const move = (step: number) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + step + all.length) % all.length]?.focus();
  };
  useLayoutEffect(() => {
    (items().find((item) => item.getAttribute("aria-checked") === "true") ?? items()[0])?.focus();
  }, []);
  useLayoutEffect(
    () =>
      keyboard.push({
        modal: true,
        handle: (event) => {
          if (event.key === "Escape") close();
          else if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Home") items()[0]?.focus();
          else if (event.key === "End") items().at(-1)?.focus();
          else if (event.key === "Tab") leave();
          else return false;
          return event.key !== "Tab";
        },
      }),
    [keyboard],
  );
  useEffect(() => {
    const elsewhere = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !button.current?.contains(target)) leave();
    };
    document.addEventListener("pointerdown", elsewhere, true);
    return () => document.removeEventListener("pointerdown", elsewhere, true);
  }, []);
  return (
    <div ref={list} id={id} class={`menu menu-${place} menu-${align}`} role="menu" aria-label={label}>
      {entries.map((entry) =>
        entry.type === "heading" ? (
          <div key={entry.label} class="menu-heading" role="presentation">
            {entry.label}
          </div>
        ) : (
          <button
            key={entry.label}
            type="button"
            class={`menu-item${entry.type === "action" && entry.hot ? " menu-item-hot" : ""}`}
            {...(entry.type === "choice"
              ? { role: "menuitemradio" as const, "aria-checked": entry.chosen }
              : { role: "menuitem" as const })}
            tabIndex={-1}
            onClick={() => {
              close();
              entry.run();
            }}
          >
            <span class="menu-item-icon">
              {entry.type === "action" && entry.icon && <Icon name={entry.icon} size={14} />}
              {entry.type === "choice" &&
                (entry.dot ? <span class={`dot dot-${entry.dot}`} /> : entry.chosen && <Icon name="tick" size={14} />)}
            </span>
            <span class="menu-item-label">{entry.label}</span>
            {entry.type === "action" && entry.detail && <span class="menu-item-detail">{entry.detail}</span>}
          </button>
        ),
      )}
    </div>
  );
}
