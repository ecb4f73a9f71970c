import { articles } from "../articles.ts";
import { categoryOf, productPath, products } from "../catalogue.ts";
import { html } from "../html.ts";
import { euros, href, type Language } from "../language.ts";
import { texts } from "../texts/texts.ts";
import type { Page } from "./layout.ts";
import { pictureAddress } from "./picture.ts";

/** All texts of an entry in both languages, so that "tarn" is found on the Chinese page too. */
function words(...parts: readonly { en: string; zh: string }[]): string {
  return parts
    .map(({ en, zh }) => `${en} ${zh}`)
    .join(" ")
    .toLowerCase();
}

export function searchPage(language: Language): Page {
  const t = texts[language];
  return {
    path: "search/",
    title: t.titles.search,
    description: t.descriptions.search,
    scripts: ["search.js"],
    data: {
      texts: t.client,
      products: products.map((product) => ({
        name: product.name[language],
        price: euros(product.priceEuros),
        address: href(language, productPath(product)),
        picture: pictureAddress(product, product.colours[0]),
        words: words(product.name, categoryOf(product.category).name, product.summary),
      })),
      pages: articles.map((article) => ({
        name: article.title[language],
        lead: article.lead[language],
        address: href(language, article.path),
        words: words(article.title, article.lead),
      })),
    },
    main: html`<div class="page-head"><h1>${t.titles.search}</h1></div>
<form class="search" role="search" action="${href(language, "search/")}"><div class="field"><label for="q">${t.search.label}</label>
<input id="q" name="q" type="search" autocomplete="off" aria-describedby="search-hint"><p class="hint" id="search-hint">${t.search.hint}</p></div>
<button class="button" type="submit">${t.search.go}</button></form>
<p class="found" role="status" data-found></p>
<section data-products hidden><h2 class="section">${t.search.products}</h2><ul class="tiles" data-list></ul></section>
<section data-pages hidden><h2 class="section">${t.search.pages}</h2><ul class="page-list" data-list></ul></section>`,
  };
}
