import { addToCart, cartCount } from "./cart.js";
import { fill, pageData } from "./element.js";

const product = pageData();
const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const form = document.getElementById("buy");
const picture = document.querySelector("[data-picture]");
const thumbs = [...document.querySelectorAll("[data-colour]")];
const sizeError = document.getElementById("size-error");

function showColour() {
  const colour = form.elements.colour.value;
  picture.setAttribute("class", `picture paint-${colour}`);
  form.querySelector("[data-colour-name]").textContent = product.colours[colour][language];
  for (const thumb of thumbs) {
    const chosen = thumb.dataset.colour === colour;
    thumb.setAttribute("aria-pressed", chosen);
    if (chosen) picture.setAttribute("aria-label", thumb.getAttribute("aria-label"));
  }
}

function showSizeError(missing) {
  sizeError.hidden = !missing;
  form.elements.size.setAttribute("aria-invalid", missing);
  if (missing) form.elements.size.focus();
}

function add() {
  const { slug, priceEuros } = product;
  const { colour, size } = form.elements;
  addToCart({ slug, priceEuros, colour: colour.value, size: size?.value ?? "", count: 1 });
  const added = form.querySelector("[data-added]");
  added.textContent = fill(added.dataset.text, { count: cartCount() });
  form.querySelector("[data-to-cart]").hidden = false;
}

form.addEventListener("change", (event) => {
  if (event.target.name === "colour") showColour();
  else if (event.target.value !== "") showSizeError(false);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.elements.size?.value === "") showSizeError(true);
  else add();
});
for (const thumb of thumbs) {
  thumb.addEventListener("click", () => {
    form.elements.colour.value = thumb.dataset.colour;
    showColour();
  });
}
// A browser that comes back to this page may have restored another colour.
showColour();
