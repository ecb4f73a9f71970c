import { articles } from "../articles.ts";
import { categories } from "../catalogue.ts";
import { html, jsonBlock, Markup } from "../html.ts";
import { href, htmlLang, type Language } from "../language.ts";
import { texts } from "../texts/texts.ts";

export type Page = {
  /** Relative to the shop's root and ending in "/"; "" is the home page. */
  path: string;
  title: string;
  description: string;
  /** From the shop's root to this page, without this page. */
  trail?: readonly { path: string; name: string }[];
  main: Markup;
  /** Names of scripts under `assets/` that only this page needs. */
  scripts?: readonly string[];
  data?: unknown;
  /** A path to mark in the header when it is not the page's own. */
  section?: string;
};

/** What a site owner pastes. */
export const snippet = new Markup(`<script async src="/beckon.js" data-site="demo"></script>`);

/** Keeps commands until the script is there. */
export const snippetStub = new Markup(
  "<script>window.Beckon=window.Beckon||function(){(Beckon.q=Beckon.q||[]).push(arguments)}</script>",
);

const otherLanguage: Record<Language, Language> = { en: "zh", zh: "en" };

function link(language: Language, page: Page, path: string, name: string): Markup {
  const current = page.path === path ? "page" : page.section === path ? "true" : undefined;
  return html`<a href="${href(language, path)}"${current && html` aria-current="${current}"`}>${name}</a>`;
}

function header(language: Language, page: Page): Markup {
  const t = texts[language];
  const other = otherLanguage[language];
  return html`<header class="top">
<a class="logo" href="${href(language, "")}">${t.shop}</a>
<nav class="departments" aria-label="${t.nav.categories}"><ul>${categories.map(
    (category) => html`<li>${link(language, page, `${category.id}/`, category.name[language])}</li>`,
  )}</ul></nav>
<nav class="tools" aria-label="${t.nav.shop}"><ul>
<li><a href="${href(other, page.path)}" lang="${htmlLang[other]}" hreflang="${htmlLang[other]}" data-language>${t.otherLanguage}</a></li>
<li>${link(language, page, "search/", t.nav.search)}</li>
<li>${link(language, page, "account/", t.nav.account)}</li>
<li><a href="${href(language, "cart/")}" data-cart-link data-text="${t.client.cartCount}"${page.path === "cart/" && html` aria-current="page"`}>${t.client.cartCount.replace("{count}", "0")}</a></li>
</ul></nav>
</header>`;
}

function footerList(
  language: Language,
  heading: string,
  links: readonly (readonly [path: string, name: string])[],
): Markup {
  return html`<div><h2>${heading}</h2><ul>${links.map(
    ([path, name]) => html`<li><a href="${href(language, path)}">${name}</a></li>`,
  )}</ul></div>`;
}

function footer(language: Language): Markup {
  const t = texts[language];
  const help = articles.filter((article) => !["about/", "contact/"].includes(article.path) && !article.parent);
  return html`<footer class="bottom"><div class="columns">
<p class="promise">${t.footer.promise}</p>
${footerList(language, t.nav.shop, [...categories.map((category) => [`${category.id}/`, category.name[language]] as const), ["spa/", t.titles.finder]])}
${footerList(
  language,
  t.nav.help,
  help.map((article) => [article.path, article.title[language]] as const),
)}
${footerList(language, t.footer.company, [
  ...articles
    .filter((article) => ["about/", "contact/"].includes(article.path))
    .map((article) => [article.path, article.title[language]] as const),
  ["account/", t.titles.account],
  ["unplug/", t.unplug.title],
])}
</div><p class="demo">${t.footer.demo}</p></footer>`;
}

function breadcrumb(language: Language, page: Page): Markup | false {
  if (!page.trail) return false;
  return html`<nav class="trail" aria-label="${texts[language].nav.breadcrumb}"><ol>${page.trail.map(
    ({ path, name }) => html`<li><a href="${href(language, path)}">${name}</a></li>`,
  )}<li aria-current="page">${page.title}</li></ol></nav>`;
}

/** A whole page of the shop. */
export function layout(language: Language, page: Page): string {
  const t = texts[language];
  const scripts = ["shop.js", ...(page.scripts ?? [])];
  return html`<!doctype html>
<html lang="${htmlLang[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<meta name="description" content="${page.description}">
<link rel="icon" href="/demo/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/demo/assets/shop.css">
<link rel="alternate" hreflang="${htmlLang.en}" href="${href("en", page.path)}">
<link rel="alternate" hreflang="${htmlLang.zh}" href="${href("zh", page.path)}">
${snippetStub}
${snippet}
${scripts.map((name) => html`<script type="module" src="/demo/assets/${name}"></script>\n`)}</head>
<body>
<a class="skip" href="#main">${t.skip}</a>
${header(language, page)}
<main id="main" tabindex="-1">
${breadcrumb(language, page)}
${page.main}
</main>
${footer(language)}
${page.data !== undefined && jsonBlock("shop-data", page.data)}
</body>
</html>
`.text;
}
