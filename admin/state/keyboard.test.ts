import { expect, test } from "vitest";
import { type Keyboard, openKeyboard } from "./keyboard.ts";

interface Press {
  key: string;
  altKey?: boolean;
  isComposing?: boolean;
}

function keyboardAndKeys(): { keyboard: Keyboard; press(press: Press): boolean } {
  let listener: ((event: KeyboardEvent) => void) | undefined;
  const page = {
    addEventListener: (_type: string, added: (event: KeyboardEvent) => void) => {
      listener = added;
    },
  };
  const keyboard = openKeyboard(page as unknown as Document);
  return {
    keyboard,
    press: (press) => {
      let taken = false;
      listener?.({
        defaultPrevented: false,
        altKey: false,
        isComposing: false,
        ...press,
        preventDefault: () => {
          taken = true;
        },
      } as KeyboardEvent);
      return taken;
    },
  };
}

test("the topmost layer comes first, what it refuses goes down", () => {
  const { keyboard, press } = keyboardAndKeys();
  const heard: string[] = [];
  const layer = (name: string, keys: string) => ({
    handle: ({ key }: KeyboardEvent) => {
      if (!keys.includes(key)) return false;
      heard.push(name);
      return true;
    },
  });
  keyboard.push(layer("room", "ij"));
  const pop = keyboard.push(layer("shell", "i"));
  expect([press({ key: "i" }), press({ key: "j" }), press({ key: "x" })]).toEqual([true, true, false]);
  pop();
  press({ key: "i" });
  expect(heard).toEqual(["shell", "room", "room"]);
});

test("a modal layer keeps what it does not use from those below", () => {
  const { keyboard, press } = keyboardAndKeys();
  keyboard.push({ handle: () => true });
  keyboard.push({ modal: true, handle: () => false });
  expect(press({ key: "e" })).toBe(false);
});

test("no key is taken with Alt or while an input method composes", () => {
  const { keyboard, press } = keyboardAndKeys();
  keyboard.push({ handle: () => true });
  expect(press({ key: "n", altKey: true })).toBe(false);
  expect(press({ key: "Enter", isComposing: true })).toBe(false);
  expect(press({ key: "n" })).toBe(true);
});
