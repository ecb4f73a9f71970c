import { expect, test } from "vitest";
import { createDrafts } from "./drafts.ts";

/** Web storage of a browser, as far as drafts use it. */
function memoryStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}

test("a draft survives a reload, for its own conversation and paper", () => {
  const storage = memoryStorage();
  createDrafts("t/mei", storage).write("c1", "reply", "half a sent");
  const reloaded = createDrafts("t/mei", storage);
  expect(reloaded.read("c1", "reply")).toBe("half a sent");
  expect(reloaded.read("c1", "note")).toBe("");
  expect(reloaded.read("c2", "reply")).toBe("");
});

test("another login never sees it, and wiping takes only one's own", () => {
  const storage = memoryStorage();
  createDrafts("t/mei", storage).write("c1", "note", "secret");
  const jonas = createDrafts("t/jonas", storage);
  expect(jonas.read("c1", "note")).toBe("");
  jonas.wipe();
  expect(createDrafts("t/mei", storage).read("c1", "note")).toBe("secret");
});

test("an emptied draft leaves nothing behind", () => {
  const storage = memoryStorage();
  const drafts = createDrafts("t/mei", storage);
  drafts.write("c1", "reply", "x");
  drafts.write("c1", "reply", "");
  expect(storage.length).toBe(0);
});

test("the oldest drafts make room", () => {
  const storage = memoryStorage();
  const drafts = createDrafts("t/mei", storage);
  for (let index = 0; index <= 200; index++) drafts.write(`c${index}`, "reply", "x");
  expect(storage.length).toBe(200);
  expect(drafts.read("c0", "reply")).toBe("");
  expect(drafts.read("c200", "reply")).toBe("x");
});

test("without storage drafts live as long as the page", () => {
  const drafts = createDrafts("t/mei", null);
  drafts.write("c1", "reply", "x");
  expect(drafts.read("c1", "reply")).toBe("x");
});

test("a full storage does not lose the draft of this page", () => {
  const storage = memoryStorage();
  storage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const drafts = createDrafts("t/mei", storage);
  drafts.write("c1", "reply", "x");
  expect(drafts.read("c1", "reply")).toBe("x");
});

test("a text that came back stands below what is written now", () => {
  const drafts = createDrafts("t/mei", null);
  drafts.restore("c1", "reply", "refused");
  expect(drafts.read("c1", "reply")).toBe("refused");
  drafts.restore("c1", "reply", "again");
  expect(drafts.read("c1", "reply")).toBe("refused\nagain");
  expect(drafts.restored.value).toBe(2);
});
