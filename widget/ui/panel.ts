/** The script that comes on demand (`panel.js`): hands the chat to `beckon.js`, which has brought it here. */
import { openChat } from "../chat/chat.ts";
import type { OpenChat } from "../loader/chat-port.ts";

(window.Beckon as (command: string, openChat: OpenChat) => void)("panel", openChat);
