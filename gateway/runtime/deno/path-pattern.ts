/** A path cut into segments; those that begin with `:` take what stands there. */
export type PathPattern = readonly string[];

export function pathPattern(path: string): PathPattern {
  return path.split("/");
}

export function matchPath(pattern: PathPattern, path: string): Readonly<Record<string, string>> | null {
  const segments = path.split("/");
  if (segments.length !== pattern.length) return null;
  const parameters: Record<string, string> = Object.create(null);
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (expected.startsWith(":")) parameters[expected.slice(1)] = segment;
    else if (segment !== expected) return null;
  }
  return parameters;
}
