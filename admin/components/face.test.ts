import { expect, test } from "vitest";
import { initials } from "./face.tsx";

test("a name becomes two letters, a Chinese one its first character", () => {
  expect(initials("Henrik Solberg")).toBe("HS");
  expect(initials("Mei")).toBe("M");
  expect(initials("Anna Maria von Berg")).toBe("AB");
  expect(initials("周雨桐")).toBe("周");
  expect(initials("  ")).toBe("");
});
