import type { Language } from "../language.ts";
import { en, type Texts } from "./en.ts";
import { zh } from "./zh.ts";

export const texts: Record<Language, Texts> = { en, zh };
