const surrogates = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;

/** What UTF-8 can say of a text, at most `maxChars` UTF-16 units of it: half of a character becomes U+FFFD. */
export function wholeText(text: string, maxChars?: number): string {
  return text.slice(0, maxChars).replace(surrogates, (found) => (found.length > 1 ? found : "\ufffd"));
}
