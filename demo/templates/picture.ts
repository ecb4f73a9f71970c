import type { Product } from "../catalogue/product.ts";
import { productPath } from "../catalogue.ts";
import { html, type Markup } from "../html.ts";
import { euros, fill, href, type Language } from "../language.ts";
import { type ColourName, palette } from "../palette.ts";
import { texts } from "../texts/texts.ts";

export const pictureAddress = (product: Product, colour: ColourName): string =>
  `/demo/drawings/${product.slug}-${colour}.svg`;

/** A product in a list: picture, name, price and its colours. The name is the link. */
export function productTile(language: Language, product: Product, level: "h2" | "h3"): Markup {
  const t = texts[language];
  const name = html`<a href="${href(language, productPath(product))}">${product.name[language]}</a>`;
  return html`<li class="tile" data-group="${product.group}">
<img src="${pictureAddress(product, product.colours[0])}" width="640" height="430" alt="" loading="lazy">
<div class="tile-text">${level === "h2" ? html`<h2>${name}</h2>` : html`<h3>${name}</h3>`}<p class="price">${euros(product.priceEuros)}</p></div>
<p class="swatches" role="img" aria-label="${fill(t.category.colours, { count: product.colours.length })}">${product.colours.map(
    (colour) => html`<span class="dot paint-${colour}" title="${palette[colour].name[language]}"></span>`,
  )}</p>
</li>`;
}
