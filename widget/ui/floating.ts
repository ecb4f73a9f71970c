export function isDark(): boolean {
  return !!window.matchMedia && window.matchMedia("(prefers-color-scheme:dark)").matches;
}

/** For what floats over the page. */
export function floatingShadow(): string {
  return isDark()
    ? "box-shadow:0 0 0 1px #364346,0 16px 40px rgba(0,0,0,.55);"
    : "box-shadow:0 0 0 1px rgba(16,32,38,.08),0 12px 32px -6px rgba(16,32,38,.22);";
}
