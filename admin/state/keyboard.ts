/** What one place of the page does with keys. `false`: not for me, ask the next one below. */
export type KeyHandler = (event: KeyboardEvent) => boolean;

/**
 * Keys go to the topmost layer first. A modal layer keeps what it does not use from the layers below. Single keys act only outside fields
 * and never while an input method composes; no key is taken with Alt.
 */
export interface Keyboard {
  /** Returns the way out. */
  push(layer: { handle: KeyHandler; modal?: boolean }): () => void;
}

export function openKeyboard(page: Pick<Document, "addEventListener">): Keyboard {
  const layers: { handle: KeyHandler; modal?: boolean }[] = [];
  page.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    for (const layer of [...layers].reverse()) {
      if (layer.handle(event)) {
        event.preventDefault();
        return;
      }
      if (layer.modal) return;
    }
  });
  return {
    push: (layer) => {
      layers.push(layer);
      return () => {
        const place = layers.indexOf(layer);
        if (place >= 0) layers.splice(place, 1);
      };
    },
  };
}

/** A key by itself, typed outside fields: `j`, `?`, `Enter`. Space is `Space`. */
export function singleKey(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey || isField(event.target)) return null;
  if (event.key === " ") return "Space";
  return event.key.length === 1 ? event.key.toLowerCase() : event.key;
}

/** Enter and Space belong to the button or link that has the focus. */
export function belongsToControl(event: KeyboardEvent): boolean {
  return (
    event.target instanceof Element && event.target.closest("button, a[href], [role=menuitemradio], summary") !== null
  );
}

export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
}
