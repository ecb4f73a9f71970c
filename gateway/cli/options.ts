/** Words of a command line: `--name value` and `--flag`. */
import { parseArgs } from "node:util";
import { Failure } from "./failure.ts";

export function readOptions<const Names extends string, const Flags extends string = never>(
  command: string,
  words: readonly string[],
  names: readonly Names[],
  flags: readonly Flags[] = [],
): { readonly values: Partial<Record<Names, string>>; readonly flags: ReadonlySet<Flags> } {
  const options: Record<string, { type: "string" | "boolean" }> = {};
  for (const name of names) options[name] = { type: "string" };
  for (const flag of flags) options[flag] = { type: "boolean" };
  try {
    const { values } = parseArgs({ args: [...words], options, strict: true, allowPositionals: false });
    const given = (name: string): string | undefined => (typeof values[name] === "string" ? values[name] : undefined);
    return {
      values: Object.fromEntries(
        names.flatMap((name) => (given(name) === undefined ? [] : [[name, given(name)]])),
      ) as Partial<Record<Names, string>>,
      flags: new Set(flags.filter((flag) => values[flag] === true)),
    };
  } catch (error) {
    throw new Failure(
      `${error instanceof Error ? error.message : String(error)}: 'beckon ${command} --help' shows what is taken.`,
    );
  }
}

export function required(command: string, name: string, value: string | undefined): string {
  if (value === undefined || value === "")
    throw new Failure(`--${name} is missing: 'beckon ${command} --help' shows what is needed.`);
  return value;
}

/** The one word that names a file. */
export function readFile(command: string, words: readonly string[]): string {
  const [file, ...more] = words;
  if (file === undefined || file === "" || file.startsWith("--") || more.length > 0)
    throw new Failure(`'beckon ${command}' takes the name of one file: 'beckon ${command} --help' tells.`);
  return file;
}
