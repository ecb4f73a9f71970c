/** What a person sees who mistyped an address: one plain page, without a script or a style that a policy could forbid. */
import type { HttpRequest, HttpResponse } from "../runtime/runtime.ts";

interface MissingTexts {
  readonly title: string;
  /** `{path}`: what was asked for. */
  readonly words: string;
  readonly toAgentsPage: string;
}

/** By the value of `lang`; the first one is for everybody else. */
const texts: Readonly<Record<"en" | "zh-CN", MissingTexts>> = {
  en: { title: "There is nothing here", words: "No page has the address {path}.", toAgentsPage: "To the agents’ page" },
  "zh-CN": { title: "这里什么也没有", words: "没有地址为 {path} 的页面。", toAgentsPage: "前往客服页面" },
};

const maxShownChars = 200;

const headers = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  Vary: "Accept, Accept-Language",
} as const;

/** False: not a browser that shows a page. */
export function sendMissingPage(request: HttpRequest, response: HttpResponse): boolean {
  const asksForPage = /\btext\/html\b/i.test(request.headers.get("accept") ?? "");
  if (!asksForPage || (request.method !== "GET" && request.method !== "HEAD")) return false;
  const language = /^\s*zh\b/i.test(request.headers.get("accept-language") ?? "") ? "zh-CN" : "en";
  response.send(404, headers, pageOf(language, request.path.slice(0, maxShownChars)));
  return true;
}

function pageOf(language: keyof typeof texts, path: string): string {
  const { title, words, toAgentsPage } = texts[language];
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<h1>${title}</h1>
<p>${words.replace("{path}", () => `<code>${escaped(path)}</code>`)}</p>
<p><a href="/admin/">${toAgentsPage}</a></p>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
