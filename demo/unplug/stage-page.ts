import { html, jsonBlock, Markup } from "../html.ts";
import { htmlLang, type Language } from "../language.ts";
import { snippetStub } from "../templates/layout.ts";
import { texts } from "../texts/texts.ts";

/** In the order in which they stand; all but the first break something. */
const switches = ["writing", "cable", "gateway", "database", "disk"] as const;
type SwitchName = (typeof switches)[number];

/** Drawn with lines on a field of 24. */
const drawings: Readonly<Record<SwitchName, string>> = {
  writing: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  cable: "M3 12h5M16 12h5M8 8v8h3a4 4 0 0 0 0-8zM13 10h3M13 14h3",
  gateway: "M4 4h16v7H4zM4 13h16v7H4zM7 7.5h.01M7 16.5h.01M11 7.5h6M11 16.5h6",
  database: "M4 6c0-4 16-4 16 0s-16 4-16 0v12c0 4 16 4 16 0V6M4 12c0 4 16 4 16 0",
  disk: "M4 4h13l3 3v13H4zM8 4v5h7V4M7 20v-7h10v7",
};

function drawing(name: SwitchName): Markup {
  return new Markup(`<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${drawings[name]}"/></svg>`);
}

function switchButton(language: Language, name: SwitchName): Markup {
  const t = texts[language].unplug.client[name];
  return html`<li><button type="button" role="switch" aria-checked="false" aria-labelledby="${name}-name" aria-describedby="${name}-state" data-switch="${name}" class="switch switch-${name}">
${drawing(name)}<span class="switch-words"><span class="switch-name" id="${name}-name">${t.name}</span><span class="switch-state" id="${name}-state">${t.off}</span></span><span class="knob" aria-hidden="true"></span></button></li>`;
}

function countTable(language: Language): Markup {
  const t = texts[language].unplug;
  const columns = Object.entries(t.columns);
  const row = (side: "visitor" | "agent") =>
    html`<tr><th scope="row">${t[side]}</th>${columns.map(([name]) => html`<td data-count="${side} ${name}">0</td>`)}</tr>`;
  return html`<table><caption class="hidden">${t.counted}</caption><thead><tr><th scope="col">${t.from}</th>${columns.map(([, name]) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${row("visitor")}${row("agent")}</tbody></table>`;
}

function head(language: Language, title: string, more: Markup): Markup {
  return html`<!doctype html>
<html lang="${htmlLang[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/demo/assets/icon.svg" type="image/svg+xml">
${more}
</head>`;
}

/** Both screens, the switches and the counts. */
export function stagePage(language: Language): string {
  const t = texts[language].unplug;
  const [own, other] = language === "en" ? ["", "zh"] : ["zh/", "en"];
  const files = html`<link rel="stylesheet" href="/unplug/assets/stage.css">
<script type="module" src="/unplug/assets/stage.js"></script>`;
  return html`${head(language, t.title, files)}
<body>
<header><h1>${t.title}</h1><p>${t.stageLead}</p><p class="notice" role="status" data-notice></p>
<a href="/unplug/${other === "zh" ? "zh/" : ""}" lang="${other === "zh" ? htmlLang.zh : htmlLang.en}">${texts[language].otherLanguage}</a></header>
<main>
<ul class="switches" aria-label="${t.switches}">${switches.map((name) => switchButton(language, name))}</ul>
<section class="person visitor"><h2>${t.visitor}</h2><iframe title="${t.visitorFrame}" data-frame="visitor"></iframe></section>
<section class="person agent"><h2>${t.agent}</h2><iframe title="${t.agentFrame}" data-frame="agent"></iframe></section>
<section class="proof"><h2>${t.counted}</h2>
<dl class="faults">${Object.entries(t.faults).map(([name, text]) => html`<div data-fault="${name}"><dt>${text}</dt><dd>0</dd></div>`)}</dl>
${countTable(language)}
<p class="sum" data-sum></p>
<p class="small">${t.columnsNote}</p>
<h2>${t.happened}</h2><div class="happened" role="log" aria-label="${t.happened}" tabindex="0"><ol></ol></div></section>
</main>
${jsonBlock("stage-data", { visitorPage: `/unplug/${own}visitor/`, lang: htmlLang[language], texts: t.client })}
</body>
</html>
`.text;
}

/** What the visitor has on their screen: a shop's page with nothing but the chat, which comes through the cable. */
export function visitorPage(language: Language): string {
  const t = texts[language].unplug;
  const files = html`${snippetStub}<script type="module" src="/unplug/assets/visitor.js"></script>`;
  return html`${head(language, texts[language].shop, files)}
<body><h1>${texts[language].shop}</h1><p>${t.description}</p></body>
</html>
`.text;
}
