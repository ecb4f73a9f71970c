/** Moves the focus where no person moved it: onto the thread of a room just opened, back to where a sheet was opened from. */
export interface FocusGiver {
  /**
   * Without scrolling. Draws a ring only if the last input was a key; otherwise the ring comes with the next key, so that it is there
   * for whoever goes on from here by keyboard.
   */
  give(element: HTMLElement): void;
}

/** On what has the focus without a ring; `base.css` reads it. Browsers show a ring for almost all focus that a script gives. */
const ringless = "ringless";

export function openFocusGiver(page: Pick<Document, "addEventListener">): FocusGiver {
  let byKeys = false;
  let quiet: HTMLElement | null = null;
  const showRing = () => {
    if (quiet) delete quiet.dataset[ringless];
    quiet = null;
  };
  // Before anybody else: what this very input leads to is to be judged by it.
  page.addEventListener("pointerdown", () => (byKeys = false), true);
  page.addEventListener(
    "keydown",
    (event) => {
      if (!isStep(event)) return;
      byKeys = true;
      showRing();
    },
    true,
  );
  return {
    give: (element) => {
      showRing();
      if (!byKeys) {
        quiet = element;
        element.dataset[ringless] = "";
        element.addEventListener("blur", () => delete element.dataset[ringless], { once: true });
      }
      element.focus({ preventScroll: true });
    },
  };
}

/** Not a modifier, and nothing that the browser does with one, such as copying what the pointer has marked. */
function isStep({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return !(ctrlKey || metaKey || altKey || key === "Shift");
}
