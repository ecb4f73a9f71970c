/**
 * The shop's own memory: JSON under `northslope.<name>`, null when there is none. Where the browser refuses
 * storage, values live as long as the page.
 */
function keptIn(area) {
  const fallback = new Map();
  const key = (name) => `northslope.${name}`;
  return {
    read(name) {
      try {
        return JSON.parse(window[area].getItem(key(name)) ?? fallback.get(name) ?? "null");
      } catch {
        return JSON.parse(fallback.get(name) ?? "null");
      }
    },
    write(name, value) {
      const text = JSON.stringify(value);
      try {
        window[area].setItem(key(name), text);
      } catch {
        fallback.set(name, text);
      }
    },
    forget(name) {
      fallback.delete(name);
      try {
        window[area].removeItem(key(name));
      } catch {
        // Nothing could be kept there, so nothing is left to remove.
      }
    },
  };
}

/** Stays until it is forgotten. */
export const kept = keptIn("localStorage");
/** Stays as long as the tab. */
export const keptInTab = keptIn("sessionStorage");
