import { expect, test } from "vitest";
import { hostPageFaults } from "./host-page-gate.ts";

test("plain ES3 may go on other people's pages", () => {
  expect(hostPageFaults('(function(){var a={"delete":1};a["delete"]=2;window.Beckon=a})();')).toEqual([]);
});

test.each([
  ["a reserved word as a property name", "a.delete=1", /not ES3/],
  ["a reserved word as a key", "a={catch:1}", /not ES3/],
  ["a future reserved word as a name", "var char=1", /not ES3/],
  ["a trailing comma in an object", "a={b:1,}", /not ES3/],
  ["a getter", "a={get b(){return 1}}", /not ES3/],
  ["an arrow function", "a=()=>1", /not ES3/],
  ["let", "let a=1", /not ES3/],
  ["a template", "a=`b`", /not ES3/],
  ["a comment", "a=1/*@cc_on b=2@*/", /comment/],
  ["a letter outside ASCII", 'a="\u4f60"', /outside ASCII/],
  ["the end of a script element", 'a="</script>"', /script element/],
])("%s may not", (_what, code, fault) => {
  expect(hostPageFaults(code)).toEqual([expect.stringMatching(fault)]);
});
