const maxPreviewChars = 160;

/** What lists show of a text. Never ends in half a character. */
export function previewOf(text: string): string {
  return text.slice(0, maxPreviewChars).replace(/[\ud800-\udbff]$/, "");
}
