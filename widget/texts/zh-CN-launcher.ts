import type { LauncherTexts } from "./texts.ts";

export const zhCnLauncher: LauncherTexts = {
  openChat: "打开聊天",
  unread: "{n} 条未读消息",
  oneUnread: "1 条未读消息",
};
