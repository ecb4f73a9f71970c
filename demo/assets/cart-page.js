import { cartLines, changeCount, euros, onCartChange } from "./cart.js";
import { element, fill, pageData } from "./element.js";
import { lineOptions, showTotals } from "./order-summary.js";

const { texts, products } = pageData();
const list = document.querySelector("[data-lines]");
const cart = document.querySelector("[data-cart]");
const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function countField(line, name) {
  const choices = counts.includes(line.count) ? counts : [...counts, line.count];
  const select = element(
    "select",
    { ariaLabel: fill(texts.quantityOf, { name }) },
    ...choices.map((count) => element("option", {}, String(count))),
  );
  select.value = String(line.count);
  select.addEventListener("change", () => changeCount(line, Number(select.value)));
  return select;
}

function removeButton(line, name) {
  const label = fill(texts.removeItem, { name });
  const button = element("button", { type: "button", className: "link-button", ariaLabel: label }, texts.remove);
  button.addEventListener("click", () => {
    const place = cartLines().findIndex(
      (other) => other.slug === line.slug && other.colour === line.colour && other.size === line.size,
    );
    changeCount(line, 0);
    focusAfterRemoval(place);
  });
  return button;
}

/** The keyboard stays where it was: at the next line, or at the heading once the cart is empty. */
function focusAfterRemoval(place) {
  const buttons = list.querySelectorAll("button");
  const next = buttons[Math.min(place, buttons.length - 1)] ?? document.getElementById("main");
  next.focus();
}

function row(line) {
  const product = products[line.slug];
  return element(
    "li",
    { className: "line" },
    element("img", { src: `/demo/drawings/${line.slug}-${line.colour}.svg`, width: 640, height: 430, alt: "" }),
    element(
      "div",
      { className: "line-text" },
      element("h2", {}, element("a", { href: product.address }, product.name)),
      element("p", { className: "hint" }, lineOptions(texts, product, line)),
    ),
    element("div", { className: "line-count" }, countField(line, product.name), removeButton(line, product.name)),
    element("p", { className: "figure" }, euros(line.count * line.priceEuros)),
  );
}

function show() {
  const lines = cartLines().filter((line) => products[line.slug]);
  cart.hidden = lines.length === 0;
  document.querySelector("[data-cart-empty]").hidden = lines.length > 0;
  list.replaceChildren(...lines.map(row));
  showTotals(texts);
}

/** A redraw replaces the field that was used; its successor takes the focus over. */
function redraw() {
  const place = [...list.querySelectorAll("select")].indexOf(document.activeElement);
  show();
  list.querySelectorAll("select")[place]?.focus();
  const total = document.querySelector("[data-total]").textContent;
  document.querySelector("[data-cart-status]").textContent = cart.hidden ? texts.cartEmpty : total;
}

onCartChange(redraw);
show();
