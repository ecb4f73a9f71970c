import { html } from "../html.ts";
import { href, htmlLang, type Language } from "../language.ts";
import { texts } from "../texts/texts.ts";
import { snippet } from "./layout.ts";

/** A bare page with the snippet in its body, twice by mistake. */
export function plainPage(language: Language): string {
  const t = texts[language];
  return html`<!doctype html>
<html lang="${htmlLang[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t.titles.plain}</title>
<link rel="icon" href="/demo/assets/icon.svg" type="image/svg+xml">
</head>
<body>
<main>
<h1>${t.plain.heading}</h1>
<p>${t.plain.text}</p>
<p><a href="${href(language, "")}">${t.plain.back}</a></p>
</main>
${snippet}
${snippet}
</body>
</html>
`.text;
}
