import { kept } from "./kept.js";

/** A line: {slug, colour, size, count, priceEuros}; `size` is "" where there is none. */
const maxCount = 20;
const freeFromEuros = 100;
const methodEuros = { standard: 6, express: 18, pickup: 4 };

const listeners = [];
const same = (line, other) => line.slug === other.slug && line.colour === other.colour && line.size === other.size;

export function cartLines() {
  const lines = kept.read("cart");
  return Array.isArray(lines) ? lines : [];
}

export const cartCount = () => cartLines().reduce((sum, line) => sum + line.count, 0);
export const cartEuros = () => cartLines().reduce((sum, line) => sum + line.count * line.priceEuros, 0);

/** Express is never free; the others are from 100 euros on. */
export function deliveryEuros(method, goodsEuros) {
  return method !== "express" && goodsEuros >= freeFromEuros ? 0 : methodEuros[method];
}

export function euros(amount) {
  return `€ ${amount.toLocaleString("en-US")}`;
}

/** Called after each change of the cart, in this tab or another. */
export function onCartChange(listener) {
  listeners.push(listener);
}

const changed = () => {
  for (const listener of listeners) listener();
};

function keep(lines) {
  if (lines.length > 0) kept.write("cart", lines);
  else kept.forget("cart");
  changed();
}

export function addToCart(line) {
  const lines = cartLines();
  const found = lines.find((other) => same(line, other));
  if (found) found.count = Math.min(found.count + line.count, maxCount);
  else lines.push(line);
  keep(lines);
}

/** Sets how many of a line there are, 0 removes it. */
export function changeCount(line, count) {
  const lines = cartLines().map((other) =>
    same(line, other) ? { ...other, count: Math.min(count, maxCount) } : other,
  );
  keep(lines.filter((other) => other.count > 0));
}

export const emptyCart = () => keep([]);

window.addEventListener("storage", (event) => {
  if (event.key === "northslope.cart" || event.key === null) changed();
});
