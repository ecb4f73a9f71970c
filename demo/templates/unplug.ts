import { html } from "../html.ts";
import { href, type Language } from "../language.ts";
import { texts } from "../texts/texts.ts";
import type { Page } from "./layout.ts";

/** The way to the stage, which `npm start` alone has: this page asks for it, and says why where there is none. */
export function unplugPage(language: Language): Page {
  const t = texts[language].unplug;
  return {
    path: "unplug/",
    title: t.title,
    description: t.description,
    scripts: ["unplug.js"],
    data: {
      stage: language === "en" ? "" : `${language}/`,
      texts: { opening: t.opening, missing: t.missing, elsewhere: t.elsewhere, failed: t.failed },
    },
    main: html`<div class="narrow"><h1>${t.title}</h1><p class="lead">${t.lead}</p>
<p class="note" role="status" data-note></p>
<p class="hint">${t.own}</p>
<p class="actions"><a class="link-button" href="${href(language, "")}">${t.toShop}</a></p></div>`,
  };
}
