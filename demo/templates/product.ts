import type { Product } from "../catalogue/product.ts";
import { categoryOf, productPath, products } from "../catalogue.ts";
import { picture } from "../drawings/drawing.ts";
import { html, Markup } from "../html.ts";
import { euros, fill, href, type Language } from "../language.ts";
import { chosenPaint, palette } from "../palette.ts";
import { texts } from "../texts/texts.ts";
import type { Page } from "./layout.ts";
import { productTile } from "./picture.ts";

const colourSizes: Record<string, string> = { boots: "size-guide/boots/", jackets: "size-guide/jackets/" };

function gallery(language: Language, product: Product): Markup {
  const t = texts[language].product;
  const alt = (colour: Product["colours"][number]): string =>
    fill(t.pictureAlt, { name: product.name[language], colour: palette[colour].name[language] });
  const [first] = product.colours;
  return html`<div class="gallery">
<svg class="picture paint-${first}" viewBox="0 0 640 430" role="img" aria-label="${alt(first)}" data-picture><symbol id="scene" viewBox="0 0 640 430">${new Markup(picture(product.slug, chosenPaint))}</symbol><use href="#scene"/></svg>
<div class="thumbs" role="group" aria-label="${t.views}">${product.colours.map(
    (colour) =>
      html`<button type="button" class="thumb" data-colour="${colour}" aria-label="${alt(colour)}" aria-pressed="${colour === first ? "true" : "false"}"><svg class="paint-${colour}" viewBox="0 0 640 430" aria-hidden="true"><use href="#scene"/></svg></button>`,
  )}</div></div>`;
}

function colourChoice(language: Language, product: Product): Markup {
  return html`<fieldset class="colours"><legend>${texts[language].product.colour} <span data-colour-name>${palette[product.colours[0]].name[language]}</span></legend>${product.colours.map(
    (colour, index) =>
      html`<label class="swatch paint-${colour}"><input type="radio" name="colour" value="${colour}"${index === 0 && html` checked`}><span class="hidden">${palette[colour].name[language]}</span></label>`,
  )}</fieldset>`;
}

function sizeChoice(language: Language, product: Product): Markup | false {
  const t = texts[language].product;
  const guide = colourSizes[product.category];
  if (!product.sizes || !guide) return false;
  return html`<div class="field size"><label for="size">${t.size}</label> <a href="${href(language, guide)}">${t.sizeGuide}</a>
<select id="size" name="size" aria-describedby="size-error"><option value="">${t.chooseSize}</option>${product.sizes.map(
    (size) => html`<option>${size}</option>`,
  )}</select><p class="error" id="size-error" hidden>${t.sizeMissing}</p></div>`;
}

function facts(language: Language, product: Product): Markup {
  const t = texts[language];
  const rows = [
    [t.product.inStock, fill(t.product.stock, { count: product.stock })],
    ...product.facts.map(({ label, value }) => [t.facts[label], value[language]]),
    [t.product.returns, t.product.returnsValue],
  ];
  return html`<h2 class="hidden">${t.product.facts}</h2><dl class="facts">${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Four from other places of the catalogue, so that they differ from page to page. */
function companions(product: Product): readonly Product[] {
  const start = products.indexOf(product);
  const others = [3, 6, 9, 12].map((step) => products[(start + step) % products.length]);
  return others.filter((other): other is Product => other !== undefined && other !== product);
}

export function productPage(language: Language, product: Product): Page {
  const t = texts[language];
  const category = categoryOf(product.category);
  const group = category.groups.find(({ id }) => id === product.group);
  const categoryPath = `${category.id}/`;
  return {
    path: productPath(product),
    section: categoryPath,
    title: product.name[language],
    description: product.summary[language],
    trail: [
      { path: categoryPath, name: category.name[language] },
      ...(group ? [{ path: `${categoryPath}#${group.id}`, name: group.name[language] }] : []),
    ],
    scripts: ["product.js"],
    data: {
      slug: product.slug,
      name: product.name,
      priceEuros: product.priceEuros,
      colours: Object.fromEntries(product.colours.map((colour) => [colour, palette[colour].name])),
    },
    main: html`<div class="product">${gallery(language, product)}
<div class="buy"><h1>${product.name[language]}</h1><p class="price">${euros(product.priceEuros)}</p><p class="summary">${product.summary[language]}</p>
<form id="buy" novalidate>${colourChoice(language, product)}${sizeChoice(language, product)}
<button class="button" type="submit">${t.product.addToCart}</button>
<p class="added" role="status"><span data-added data-text="${t.product.added}"></span> <a href="${href(language, "cart/")}" data-to-cart hidden>${t.product.toCart}</a></p></form>
${facts(language, product)}</div></div>
<section class="good"><h2 class="section">${t.product.goodToKnow}</h2><ul class="plain-list">${product.details[language].map((line) => html`<li>${line}</li>`)}</ul></section>
<section><h2 class="section">${t.product.goesWith}</h2><ul class="tiles four">${companions(product).map((other) => productTile(language, other, "h3"))}</ul></section>`,
  };
}
