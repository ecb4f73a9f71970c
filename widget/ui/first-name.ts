/** `Mei` of `Mei Lin`; names without a space are one word. */
export function firstName(name: string): string {
  return name.split(" ")[0] || name;
}
