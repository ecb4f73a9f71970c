import { enPanel } from "./en.ts";
import type { Language } from "./language.ts";
import type { PanelTexts } from "./texts.ts";
import { zhCnPanel } from "./zh-CN.ts";

/** Put in by the build, which makes the panel's script once for each language; the other catalogue falls away. */
declare const __BECKON_LANGUAGE__: Language;

export const panelLanguage: Language = __BECKON_LANGUAGE__;
export const panelTexts: PanelTexts = __BECKON_LANGUAGE__ === "zh-CN" ? zhCnPanel : enPanel;
