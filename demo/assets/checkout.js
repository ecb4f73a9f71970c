import { cartEuros, cartLines, deliveryEuros, emptyCart, euros } from "./cart.js";
import { element, pageData } from "./element.js";
import { fieldError } from "./field-error.js";
import { kept, keptInTab } from "./kept.js";
import { checkoutState, keepCheckout, lineOptions, showTotals, totals } from "./order-summary.js";

const { texts, products } = pageData();
const form = document.querySelector("[data-step]");
const firstOrderNumber = 48214;

function smallLine(line) {
  const product = products[line.slug];
  return element(
    "li",
    {},
    element("img", { src: `/demo/drawings/${line.slug}-${line.colour}.svg`, width: 640, height: 430, alt: "" }),
    element(
      "p",
      {},
      `${line.count} × ${product.name}`,
      element("span", { className: "hint" }, lineOptions(texts, product, line)),
    ),
    element("p", { className: "figure" }, euros(line.count * line.priceEuros)),
  );
}

function showSummary() {
  const lines = cartLines().filter((line) => products[line.slug]);
  document.querySelector("[data-cart]").hidden = lines.length === 0;
  document.querySelector("[data-cart-empty]").hidden = lines.length > 0;
  document.querySelector("[data-lines]").replaceChildren(...lines.map(smallLine));
  showTotals(texts);
}

const onward = () => location.assign(form.dataset.next);

function showError(input) {
  const code = fieldError(input.name, input.value.trim());
  const message = document.getElementById(`${input.name}-error`);
  if (!message) return false;
  message.textContent = code ? texts[code] : "";
  message.hidden = !code;
  input.setAttribute("aria-invalid", Boolean(code));
  return Boolean(code);
}

/** Names the address's fields that are wrong and goes to the first of them. */
function checkedAddress() {
  const inputs = [...form.querySelectorAll("input, select")];
  const wrong = inputs.filter(showError);
  wrong[0]?.focus();
  return wrong.length > 0 ? null : Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
}

/** Signed-in customers find their name and address of mail filled in. */
function addressStep() {
  const identity = kept.read("customer")?.identity;
  const known = checkoutState().address ?? { name: identity?.name ?? "", email: identity?.email ?? "" };
  for (const [name, value] of Object.entries(known)) form.elements[name].value = value;
  // While typing, not when leaving the field: then a message that goes would move the button from under the pointer.
  form.addEventListener("input", ({ target }) => {
    if (target.getAttribute("aria-invalid") === "true") showError(target);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = checkedAddress();
    if (!address) return;
    keepCheckout({ address });
    onward();
  });
}

function deliveryStep() {
  for (const price of form.querySelectorAll("[data-price]")) {
    const amount = deliveryEuros(price.dataset.price, cartEuros());
    price.textContent = amount === 0 ? texts.free : euros(amount);
  }
  form.elements.method.value = checkoutState().method ?? "standard";
  form.addEventListener("change", () => {
    keepCheckout({ method: form.elements.method.value });
    showTotals(texts);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keepCheckout({ method: form.elements.method.value });
    onward();
  });
}

function placeOrder() {
  const number = String(firstOrderNumber + Math.floor(Math.random() * 50_000));
  const content = cartLines()
    .map((line) => `${line.count} × ${products[line.slug]?.name ?? line.slug}`)
    .join(", ");
  const { total } = totals();
  const order = { number, date: new Date().toISOString().slice(0, 10), state: "placed", content, totalEuros: total };
  kept.write("orders", [order, ...(kept.read("orders") ?? [])].slice(0, 20));
  keptInTab.write("order", { number, total, reported: false });
  keptInTab.forget("checkout");
  emptyCart();
}

function paymentStep() {
  const { address } = checkoutState();
  const goesTo = form.querySelector("[data-goes-to]");
  goesTo.textContent = address
    ? `${address.name}, ${address.street}, ${address.postcode} ${address.city}`
    : texts.addressMissing;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!address) {
      location.assign(form.dataset.address);
      return;
    }
    placeOrder();
    onward();
  });
}

const steps = { address: addressStep, delivery: deliveryStep, payment: paymentStep };
showSummary();
steps[form.dataset.step]();
