import type { Category } from "../catalogue/product.ts";
import { html } from "../html.ts";
import { fill, type Language } from "../language.ts";
import { texts } from "../texts/texts.ts";
import type { Page } from "./layout.ts";
import { productTile } from "./picture.ts";

export function categoryPage(language: Language, category: Category): Page {
  const t = texts[language];
  return {
    path: `${category.id}/`,
    title: category.name[language],
    description: category.intro[language],
    scripts: ["category.js"],
    main: html`<div class="page-head"><h1>${category.name[language]}</h1><p class="lead">${category.intro[language]}</p></div>
<div class="list-bar"><nav class="filter" aria-label="${t.category.filter}"><a href="#all" data-group="" aria-current="true">${t.category.all}</a>${category.groups.map(
      (group) => html`<a href="#${group.id}" data-group="${group.id}">${group.name[language]}</a>`,
    )}</nav>
<p class="count" role="status" data-text="${t.category.count}">${fill(t.category.count, { count: category.products.length })}</p></div>
<ul class="tiles${category.products.length % 3 === 1 && " two"}">${category.products.map((product) => productTile(language, product, "h2"))}</ul>`,
  };
}
