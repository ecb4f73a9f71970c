import { cartEuros, deliveryEuros, euros } from "./cart.js";
import { keptInTab } from "./kept.js";

/** What has been chosen in the checkout so far: {address, method, payment}. */
export const checkoutState = () => keptInTab.read("checkout") ?? {};

export function keepCheckout(change) {
  keptInTab.write("checkout", { ...checkoutState(), ...change });
}

export function totals() {
  const goods = cartEuros();
  const delivery = deliveryEuros(checkoutState().method ?? "standard", goods);
  return { goods, delivery, total: goods + delivery };
}

/** Writes goods, delivery and total into the page's summary. */
export function showTotals(texts) {
  const { goods, delivery, total } = totals();
  document.querySelector("[data-goods]").textContent = euros(goods);
  document.querySelector("[data-delivery]").textContent = delivery === 0 ? texts.free : euros(delivery);
  document.querySelector("[data-total]").textContent = euros(total);
}

/** Colour and size of a line, in words. */
export function lineOptions(texts, product, line) {
  const colour = product.colours[line.colour] ?? "";
  return line.size ? texts.lineOptions.replace("{colour}", colour).replace("{size}", line.size) : colour;
}
