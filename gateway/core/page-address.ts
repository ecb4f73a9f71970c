/** Page addresses as they are kept and shown: without credentials and fragments, path and query as they were. */

/** Names of query fields that carry secrets; their values are cut. */
const secretFields =
  /([?&](?:token|access_token|id_token|password|passwd|secret|api_key|apikey|auth|sig|signature|code|session)=)[^&]*/gi;
const credentials = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i;

/** Empty for what no page can have (`javascript:`, `data:`). */
export function cleanAddress(url: string): string {
  const text = url.trim();
  if (text !== "" && !/^(https?|file):/i.test(text)) return "";
  return text.replace(credentials, "$1").replace(/#.*$/s, "").replace(secretFields, "$1…");
}

const moneyPath = /^[^?]*\b(cart|basket|bag|checkout|warenkorb|kasse|gouwuche|order\/new|payment)\b/i;

/** Cart or checkout. */
export function isMoneyPage(url: string): boolean {
  return moneyPath.test(url.replace(/^https?:\/\/[^/]*/i, ""));
}
