/** A readable name as an identifier of the right length. */
export function idOf(name: string): string {
  return name
    .replace(/[^A-Za-z0-9_-]/g, "-")
    .padEnd(22, "_")
    .slice(0, 22);
}
