/** What arrays of Internet Explorer 8 cannot do by themselves. */
export function includes<T>(list: readonly T[], value: T): boolean {
  for (let i = 0; i < list.length; i++) if (list[i] === value) return true;
  return false;
}

/** Those that `test` keeps, in order. */
export function filter<T>(list: readonly T[], test: (value: T) => boolean): T[] {
  const kept: T[] = [];
  for (let i = 0; i < list.length; i++) if (test(list[i] as T)) kept.push(list[i] as T);
  return kept;
}

/** Of the list as it was when this was called. */
export function each<T>(list: readonly T[], visit: (value: T) => void): void {
  const stable = list.slice();
  for (let i = 0; i < stable.length; i++) visit(stable[i] as T);
}
