import type { Services } from "./conformance/case.ts";

export function servicesAt(url: string): Services {
  return {
    echo: `${url}/echo`,
    close: `${url}/close`,
    disabledWebSocket: `${url}/disabled_websocket_echo`,
    cookieNeeded: `${url}/cookie_needed_echo`,
  };
}
