/** Whether a text may be an identifier. Others are nobody's, and never reach the database. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,44}$/.test(text);
}

export function identifiersOf(texts: readonly string[]): string[] {
  return texts.filter(isIdentifier);
}
