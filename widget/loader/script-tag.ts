/** What the snippet's script element says. */
export interface ScriptTag {
  /** Address of the gateway, without a slash at its end. */
  baseUrl: string;
  site: string;
  /** `data-lang`, else the language of the page; may be empty. */
  language: string;
  /** `data-automation="allow"`: browsers under remote control are visitors too (for tests of the site's own). */
  automation: boolean;
  /** Of the page's security policy; scripts and style sheets that we add carry it. */
  nonce: string;
}

const ownName = /^(.*)\/beckon\.js(?:[?#]|$)/;

/**
 * Finds the element that brought this script. `currentScript` knows it in newer browsers; where it does not (old ones, tag managers that
 * wrap the text) the last one of that name with a `data-site` is taken.
 */
export function findScriptTag(): ScriptTag | null {
  const current = document.currentScript;
  const own = current && read(current as HTMLScriptElement);
  if (own) return own;
  const scripts = document.getElementsByTagName("script");
  for (let i = scripts.length - 1; i >= 0; i--) {
    const tag = read(scripts[i] as HTMLScriptElement);
    if (tag) return tag;
  }
  return null;
}

function read(script: HTMLScriptElement): ScriptTag | null {
  const base = ownName.exec(script.src || "");
  const site = script.getAttribute("data-site");
  if (!base || !site) return null;
  return {
    baseUrl: base[1] as string,
    site,
    language: script.getAttribute("data-lang") || document.documentElement.lang || "",
    automation: script.getAttribute("data-automation") === "allow",
    nonce: script.nonce || script.getAttribute("nonce") || "",
  };
}
