/** That the run would say so: what its witnesses make of gateways that do wrong. */
import { expect, test } from "vitest";
import { LogWatch } from "./log-watch.ts";
import { neighbourMark, Witness } from "./witness.ts";

test("a refusal without a code of errors.ts, a fault of the gateway, and words of others are faults", () => {
  const witness = new Witness();
  witness.told('{"k":"error","code":"invalid","detail":"","fatal":false}', "visitor 1", false);
  witness.told(`{"k":"error","code":"rate","detail":"${neighbourMark}","fatal":false}`, "viewer 2", true);
  witness.answered(500, "Payload expected.", "visitor 3");
  witness.answered(404, "", "visitor 3");
  witness.ended(4400, "visitor 3");
  expect(witness.faultCount).toBe(0);
  witness.told('{"k":"error","code":"oops","detail":"","fatal":false}', "visitor 4", false);
  witness.told('{"k":"error","code":"internal","detail":"","fatal":false}', "visitor 5", false);
  witness.told(`{"k":"error","code":"rate","detail":"${neighbourMark}","fatal":false}`, "visitor 6", false);
  witness.told("<html>", "visitor 7", false);
  witness.answered(500, "TypeError", "visitor 8");
  witness.ended(4999, "visitor 9");
  for (const number of [4, 5, 6, 7, 8, 9]) expect(witness.faults.join()).toContain(`visitor ${number} `);
  expect(witness.faultCount).toBe(6);
});

test("errors, stack traces, texts and tokens in the log are faults", () => {
  const token = "AAAAAAAAAAAAAAAAAAAAAA.BBBBBBBB";
  const heard = (line: string): readonly string[] => {
    const watch = new LogWatch(["zebra"], () => new Set([token]));
    watch.heard(line);
    return watch.faults;
  };
  expect(heard('{"level":30,"event":"listening","url":"http://127.0.0.1:8080"}')).toEqual([]);
  expect(heard('{"level":50,"event":"handler-failed"}')).toHaveLength(1);
  expect(heard("TypeError: cannot read properties of undefined")).toHaveLength(1);
  expect(heard('{"level":20,"event":"published","text":"a zebra"}')).toHaveLength(1);
  expect(heard(`{"level":20,"event":"hello","token":"${token}"}`)).toHaveLength(1);
});
