import { boots } from "./catalogue/boots.ts";
import { cooking } from "./catalogue/cooking.ts";
import { jackets } from "./catalogue/jackets.ts";
import { packs } from "./catalogue/packs.ts";
import type { Category, CategoryId, Product } from "./catalogue/product.ts";
import { tents } from "./catalogue/tents.ts";

/** Everything the shop sells, in the order of its lists. */
export const categories: readonly Category[] = [tents, packs, boots, jackets, cooking];
export const products: readonly Product[] = categories.flatMap((category) => category.products);

export function categoryOf(id: CategoryId): Category {
  const found = categories.find((category) => category.id === id);
  if (!found) throw new Error(`no category ${id}`);
  return found;
}

/** A product's path below the shop's root. */
export function productPath(product: Product): string {
  return `${product.category}/${product.slug}/`;
}
