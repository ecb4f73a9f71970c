import { languageOf } from "../texts/language.ts";
import type { OpenChat } from "./chat-port.ts";
import type { ScriptTag } from "./script-tag.ts";

/** Put in by the build: `/assets/<hash>/panel.<language>.js`. */
declare const __BECKON_PANEL_EN__: string;
declare const __BECKON_PANEL_ZH_CN__: string;

/** The script that comes on demand, once. */
export interface ChatScript {
  /** Calls back with null if it cannot be loaded; the next call tries again. */
  load(done: (openChat: OpenChat | null) => void): void;
  arrived(openChat: OpenChat): void;
}

export function createChatScript({ baseUrl, nonce, language }: ScriptTag): ChatScript {
  const path = languageOf(language) === "zh-CN" ? __BECKON_PANEL_ZH_CN__ : __BECKON_PANEL_EN__;
  let openChat: OpenChat | null = null;
  let waiting: ((openChat: OpenChat | null) => void)[] = [];

  function tell(): void {
    const told = waiting;
    waiting = [];
    for (const each of told) each(openChat);
  }
  return {
    load(done) {
      waiting.push(done);
      if (openChat) tell();
      else if (waiting.length === 1) addScript(baseUrl + path, nonce, tell);
    },
    arrived(arrived) {
      openChat = arrived;
      tell();
    },
  };
}

function addScript(url: string, nonce: string, failed: () => void): void {
  const script = document.createElement("script");
  const head = document.getElementsByTagName("head")[0] || document.documentElement;
  script.async = true;
  if (nonce) script.setAttribute("nonce", nonce);
  script.onerror = failed;
  script.src = trusted(url);
  head.appendChild(script);
}

/** Under Trusted Types a page that lets us in names the policy `beckon` in its header. */
function trusted(url: string): string {
  const { trustedTypes } = window;
  if (!trustedTypes) return url;
  try {
    return trustedTypes.createPolicy("beckon", { createScriptURL: (wanted) => wanted }).createScriptURL(url);
  } catch {
    return url;
  }
}
