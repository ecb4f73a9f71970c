import { maxTextChars, typingIdleMs } from "../../protocol/limits.ts";
import { listen } from "../loader/listen.ts";
import { panelTexts as texts } from "../texts/panel-texts.ts";
import { sendDrawing } from "./drawings.ts";
import { type Build, button } from "./element.ts";
import { icon } from "./icon.ts";

export interface ComposerOptions {
  build: Build;
  document: Document;
  draft: string;
  send(text: string): void;
  /** The text has changed; `active`: somebody is typing. */
  typing(active: boolean, text: string): void;
}

/** Enter sends, Shift+Enter breaks the line, the Enter of an input method does neither. */
export interface Composer {
  readonly element: HTMLElement;
  focus(): void;
  text(): string;
  /** Puts a text in, before what is there. */
  insert(text: string): void;
}

/** What browsers report while an input method composes, Safari also for the Enter that ends it. */
const composingKeyCode = 229;

export function createComposer(options: ComposerOptions): Composer {
  const { build, document } = options;
  const field = build("textarea", "");
  const submit = button(build, "send", texts.send, send, "", icon(document, sendDrawing, 18));
  let composing = false;
  let idle = 0;

  field.rows = 1;
  field.value = options.draft;
  field.setAttribute("aria-label", texts.write);
  field.setAttribute("placeholder", texts.write);
  field.setAttribute("maxlength", `${maxTextChars}`);
  field.setAttribute("dir", "auto");
  field.setAttribute("enterkeyhint", "send");

  listen(field, "compositionstart", () => {
    composing = true;
  });
  listen(field, "compositionend", () => {
    composing = false;
  });
  listen<KeyEvent>(field, "keydown", (event) => {
    const composes = composing || event.isComposing === true || event.keyCode === composingKeyCode;
    if (event.keyCode !== 13 || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || composes) return;
    if (event.preventDefault) event.preventDefault();
    else event.returnValue = false;
    send();
  });
  listen(field, "input", changed);
  listen(field, "blur", stopTyping);

  function send(): void {
    const text = field.value.replace(/^\s+|\s+$/g, "");
    if (!text) return;
    field.value = "";
    stopTyping();
    adjust();
    options.send(text);
    field.focus();
  }

  function changed(): void {
    adjust();
    clearTimeout(idle);
    idle = setTimeout(stopTyping, typingIdleMs);
    options.typing(field.value !== "", field.value);
  }

  function stopTyping(): void {
    if (!idle) return;
    clearTimeout(idle);
    idle = 0;
    options.typing(false, field.value);
  }

  function adjust(): void {
    submit.disabled = !/\S/.test(field.value);
    field.style.height = "";
    if (field.scrollHeight > field.clientHeight) field.style.height = `${field.scrollHeight}px`;
  }

  adjust();
  return {
    element: build("div", "composer", field, submit),
    focus() {
      adjust();
      field.focus();
    },
    text: () => field.value,
    insert(text) {
      field.value = field.value ? `${text}\n${field.value}` : text;
      adjust();
      field.focus();
    },
  };
}
