import { tents } from "../catalogue/tents.ts";
import { productPath } from "../catalogue.ts";
import { html, type Markup } from "../html.ts";
import { euros, fill, href, type Language } from "../language.ts";
import type { Texts } from "../texts/en.ts";
import { texts } from "../texts/texts.ts";
import type { Page } from "./layout.ts";
import { pictureAddress } from "./picture.ts";

type StepName = "start" | "people" | "season" | "carry" | "result";
type Question = Exclude<StepName, "start" | "result">;

const order: readonly StepName[] = ["start", "people", "season", "carry", "result"];
const path = (step: StepName): string => (step === "start" ? "spa/" : `spa/${step}/`);

function title(t: Texts, step: StepName): string {
  const { finder, finderPeople, finderSeason, finderCarry, finderResult } = t.titles;
  return { start: finder, people: finderPeople, season: finderSeason, carry: finderCarry, result: finderResult }[step];
}

/** A look out of the tent beside each question; it says nothing, so it has no text. */
const views: Record<Exclude<StepName, "result">, string> = {
  start: "tarn-2-orange",
  people: "glade-5-moss",
  season: "fjell-1-teal",
  carry: "skarv-65-night",
};
const view = (step: Exclude<StepName, "result">): Markup =>
  html`<img class="view" src="/demo/drawings/${views[step]}.svg" width="640" height="430" alt="">`;

function question(language: Language, step: Question): Markup {
  const t = texts[language].finder;
  const { question: asked, ...answers } = t[step];
  const index = order.indexOf(step);
  const next = href(language, path(order[index + 1] ?? "result"));
  return html`<div><p class="hint">${fill(t.step, { step: index })}</p><h1 tabindex="-1">${asked}</h1>
<ul class="answers">${Object.entries(answers).map(([value, text]) => html`<li><a href="${next}?${step}=${value}" data-route data-answer="${step}=${value}">${text}</a></li>`)}</ul>
<p><a href="${href(language, path(order[index - 1] ?? "start"))}" data-route>${t.back}</a></p></div>${view(step)}`;
}

function content(language: Language, step: StepName): Markup {
  const t = texts[language].finder;
  if (step === "start") {
    return html`<div><h1 tabindex="-1">${t.heading}</h1><p class="lead">${t.lead}</p><p><a class="button" href="${href(language, path("people"))}" data-route>${t.start}</a></p></div>${view(step)}`;
  }
  if (step === "result") {
    return html`<h1 tabindex="-1">${t.result}</h1><div class="result" data-result></div><h2 class="section">${t.also}</h2><ul class="tiles" data-also></ul><p><a href="${href(language, path("start"))}" data-route data-again>${t.again}</a></p>`;
  }
  return question(language, step);
}

/**
 * The single-page section. Every route is also a file, so a reload works on any static server; the script
 * takes over the links and moves by history alone.
 */
export function finderPages(language: Language): readonly Page[] {
  const t = texts[language];
  const data = {
    routes: order.map((step) => ({ step, address: href(language, path(step)), title: title(t, step) })),
    tents: tents.products.map((product) => ({
      name: product.name[language],
      price: euros(product.priceEuros),
      summary: product.summary[language],
      address: href(language, productPath(product)),
      picture: pictureAddress(product, product.colours[0]),
      see: fill(t.finder.see, { name: product.name[language] }),
      ...product.tent,
    })),
  };
  return order.map((shown) => ({
    path: path(shown),
    title: title(t, shown),
    description: t.descriptions.finder,
    scripts: ["finder.js"],
    data,
    main: html`<div class="finder">${order.map(
      (step) =>
        html`<section data-step="${step}"${step !== "result" && html` class="asking"`}${step !== shown && html` hidden`}>${content(language, step)}</section>`,
    )}</div>`,
  }));
}
