import type { LauncherTexts } from "./texts.ts";

export const enLauncher: LauncherTexts = {
  openChat: "Open chat",
  unread: "{n} unread messages",
  oneUnread: "1 unread message",
};
