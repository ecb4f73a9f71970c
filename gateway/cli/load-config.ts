/** Environment and file, read from the machine. */
import { readFileSync } from "node:fs";
import { type Config, ConfigError, readConfig } from "../config.ts";
import { reasonOf } from "./data-folder.ts";

export function loadConfig(fallbacks: Partial<Config> = {}): Config {
  const path = process.env.BECKON_CONFIG;
  return readConfig(process.env, path === undefined || path === "" ? undefined : readFile(path), fallbacks);
}

function readFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError("BECKON_CONFIG", `BECKON_CONFIG: ${path} cannot be read (${reasonOf(error)})`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigError("BECKON_CONFIG", `BECKON_CONFIG: ${path} is no JSON text`);
  }
}
