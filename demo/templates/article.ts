import { type Article, articles, type Block } from "../articles.ts";
import { html, type Markup } from "../html.ts";
import { href, type Language, type Local } from "../language.ts";
import type { Page } from "./layout.ts";

function block(language: Language, item: Block): Markup {
  const cell = (value: string | Local): string => (typeof value === "string" ? value : value[language]);
  switch (item.kind) {
    case "heading":
      return html`<h2>${item.text[language]}</h2>`;
    case "text":
      return html`<p>${item.text[language]}</p>`;
    case "list":
      return html`<ul class="plain-list">${item.items[language].map((line) => html`<li>${line}</li>`)}</ul>`;
    case "links":
      return html`<ul class="links">${item.links.map(({ path, text }) => html`<li><a href="${href(language, path)}">${text[language]}</a></li>`)}</ul>`;
    case "chat":
      return html`<p><button class="button" type="button" data-open-chat>${item.text[language]}</button></p>`;
    case "table":
      return html`<table><caption>${item.table.caption[language]}</caption><thead><tr>${item.table.head.map((name) => html`<th scope="col">${name[language]}</th>`)}</tr></thead><tbody>${item.table.rows.map(
        ([first, ...rest]) =>
          html`<tr><th scope="row">${first !== undefined && cell(first)}</th>${rest.map((value) => html`<td>${cell(value)}</td>`)}</tr>`,
      )}</tbody></table>`;
  }
}

export function articlePage(language: Language, article: Article): Page {
  const parent = articles.find(({ path }) => path === article.parent);
  return {
    path: article.path,
    title: article.title[language],
    description: article.lead[language],
    ...(parent ? { trail: [{ path: parent.path, name: parent.title[language] }] } : {}),
    main: html`<article class="article"><h1>${article.title[language]}</h1><p class="lead">${article.lead[language]}</p>${article.blocks.map((item) => block(language, item))}</article>`,
  };
}
