import type { Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { IconButton } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { useApp } from "../../components/use-app.ts";

/** Narrows the table while one types; Esc empties it. */
export function FilterField({ value, close }: { value: Signal<string>; close(): void }) {
  const { texts } = useApp();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  const leave = () => {
    value.value = "";
    close();
  };
  return (
    <div class="filter-field">
      <Icon name="filter" size={14} />
      <input
        ref={input}
        type="text"
        value={value.value}
        placeholder={texts.value.visitors.filterPlaceholder}
        aria-label={texts.value.visitors.filter}
        onInput={(event) => (value.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") leave();
          if (event.key === "Enter" && !event.isComposing) event.currentTarget.blur();
        }}
      />
      <IconButton icon="close" label={texts.value.visitors.clearFilter} onClick={leave} />
    </div>
  );
}
