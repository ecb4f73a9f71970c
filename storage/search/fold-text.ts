/** Text as search compares it: compatibility forms and case make no difference, in any script. */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
