/** What came in, held against its schema: the first problem becomes `invalid`, in words of our own. */
import * as v from "valibot";
import { ApiFailure } from "./api-error.ts";

type Schema = v.GenericSchema;

/** Throws `invalid` with the field's name, where it is one field's fault. */
export function parsed<const Wanted extends Schema>(schema: Wanted, value: unknown): v.InferOutput<Wanted> {
  const result = v.safeParse(schema, value, { abortEarly: true, message: problemOf });
  if (result.success && !Array.isArray(value)) return result.output;
  const issue = result.issues?.[0];
  const field = issue && v.getDotPath(issue);
  if (issue && field) throw new ApiFailure("invalid", `${field} ${issue.message}`, { field });
  throw new ApiFailure("invalid", `the body ${mustBe.strict_object}`);
}

const mustBe = {
  string: "must be a text",
  number: "must be a number",
  boolean: "must be true or false",
  array: "must be a list",
  strict_object: "must be an object",
  integer: "must be a whole number",
};

/** For what the schema has no words of its own. */
function problemOf({ type, expected, received, requirement, input }: v.BaseIssue<unknown>): string {
  if (expected === "never") return "is no field of this request";
  if (received === "undefined") return "is missing";
  if (type === "picklist") return `must be one of ${expected?.replace(/[()"]/g, "").replaceAll(" | ", ", ")}`;
  if (type === "max_length")
    return `must have at most ${requirement} ${Array.isArray(input) ? "entries" : "characters"}`;
  if (type === "min_value") return `must be at least ${requirement}`;
  if (type === "max_value") return `must be at most ${requirement}`;
  return mustBe[type as keyof typeof mustBe] ?? "is not valid";
}
