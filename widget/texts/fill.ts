/** Puts values in the places of a text: `fill("{n} new", { n: 4 })`. */
export function fill(text: string, values: { [place: string]: string | number }): string {
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    const value = values[name as string];
    return value === undefined ? place : String(value);
  });
}
