import { categories, products } from "../catalogue.ts";
import type { Slug } from "../drawings/drawing.ts";
import { hero } from "../drawings/hero.ts";
import { lineIcons } from "../drawings/line-icons.ts";
import { html, Markup } from "../html.ts";
import { href, type Language } from "../language.ts";
import { texts } from "../texts/texts.ts";
import type { Page } from "./layout.ts";
import { productTile } from "./picture.ts";

const favourites: readonly Slug[] = ["tarn-2", "moraine-gtx", "kestrel-down", "ember-stove"];

export function homePage(language: Language): Page {
  const t = texts[language];
  const shown = products.filter((product) => favourites.includes(product.slug));
  return {
    path: "",
    title: t.titles.home,
    description: t.descriptions.home,
    main: html`<section class="hero">
<svg viewBox="0 0 1200 500" preserveAspectRatio="xMidYMid slice" role="img" aria-label="${t.home.heroAlt}">${new Markup(hero())}</svg>
<div class="hero-text"><h1>${t.home.heading}</h1>
<div><p class="lead">${t.home.lead}</p>
<p class="actions"><a class="button" href="${href(language, "tents/")}">${t.home.toTents}</a> <a class="quiet" href="${href(language, "spa/")}">${t.home.toFinder}</a></p></div></div>
</section>
<section aria-labelledby="departments"><h2 class="section" id="departments">${t.home.departments}</h2>
<ul class="departments-list">${categories.map(
      (category) =>
        html`<li><a href="${href(language, `${category.id}/`)}"><svg viewBox="0 0 48 48" aria-hidden="true"><path d="${lineIcons[category.id]}"/></svg>${category.name[language]}</a></li>`,
    )}</ul></section>
<section aria-labelledby="favourites"><h2 class="section" id="favourites">${t.home.favourites}</h2>
<ul class="tiles four">${shown.map((product) => productTile(language, product, "h3"))}</ul></section>
<section class="promises">${t.home.promises.map(({ heading, text }) => html`<div><h2>${heading}</h2><p>${text}</p></div>`)}</section>`,
  };
}
