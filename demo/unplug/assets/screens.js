/**
 * Both people's screens, as somebody sees and uses them who sits there: what is written goes through the field and the Enter key, what is
 * shown is read from the words on the screen. Nothing here knows the programs behind them.
 */

/** A frame's document, and those of the frames in it. */
function documentsOf(frame) {
  const page = frame.contentDocument;
  return page === null ? [] : [page, ...[...page.querySelectorAll("iframe")].flatMap(documentsOf)];
}

function findAll(frame, selector) {
  return documentsOf(frame).flatMap((page) => [...page.querySelectorAll(selector)]);
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** Types a text and presses Enter. Resolves with false where there is no field, somebody is typing in it, or the text stays there. */
async function writeInto(field, text) {
  if (field === undefined || field.value !== "") return false;
  const { HTMLTextAreaElement, InputEvent, KeyboardEvent } = field.ownerDocument.defaultView;
  // The programs give their field the focus after Enter. Here it stays with the person who looks on.
  field.focus = () => undefined;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  // The agents' page draws before it listens again.
  await nextTask();
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 13, bubbles: true, cancelable: true }));
  delete field.focus;
  await nextTask();
  return field.value === "";
}

export class Screen {
  #frame;
  #field;

  /** `field`: selector of the field for messages. */
  constructor(frame, field) {
    this.#frame = frame;
    this.#field = field;
  }

  write(text) {
    return writeInto(findAll(this.#frame, this.#field)[0], text);
  }

  /** The words of all bubbles, from top to bottom. */
  shown() {
    return findAll(this.#frame, ".bubble").map((bubble) => bubble.textContent);
  }

  has(selector) {
    return findAll(this.#frame, selector).length > 0;
  }
}
