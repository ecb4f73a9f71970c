import type { Slug } from "../drawings/drawing.ts";
import type { Local } from "../language.ts";
import type { ColourName } from "../palette.ts";

export type CategoryId = "tents" | "packs" | "boots" | "jackets" | "cooking";
export type FactLabel =
  | "weight"
  | "outer"
  | "inside"
  | "packed"
  | "volume"
  | "material"
  | "sole"
  | "filling"
  | "output"
  | "boils";

export type Product = {
  slug: Slug;
  category: CategoryId;
  /** The id of the category's group that lists it. */
  group: string;
  name: Local;
  priceEuros: number;
  stock: number;
  colours: readonly [ColourName, ...ColourName[]];
  sizes?: readonly string[];
  summary: Local;
  details: { en: readonly string[]; zh: readonly string[] };
  facts: readonly { label: FactLabel; value: Local }[];
  /** What the tent finder weighs; tents only. */
  tent?: { people: number; season: 3 | 4; grams: number };
};

export type Category = {
  id: CategoryId;
  name: Local;
  intro: Local;
  groups: readonly { id: string; name: Local }[];
  products: readonly Product[];
};

/** A text that is the same in both languages. */
export const both = (text: string): Local => ({ en: text, zh: text });
