/** The parts of `sockjs` and `sockjs-client` that the tests use; both come without types. */
declare module "sockjs" {
  import type { Server } from "node:http";

  export interface ReferenceConnection {
    on(event: "data", listener: (text: string) => void): void;
    on(event: "close", listener: () => void): void;
    write(text: string): void;
    close(code: number, reason: string): void;
  }
  export interface ReferenceService {
    on(event: "connection", listener: (connection: ReferenceConnection) => void): void;
    installHandlers(server: Server, options: { prefix: string }): void;
  }
  export interface ReferenceOptions {
    response_limit?: number;
    heartbeat_delay?: number;
    disconnect_delay?: number;
    log?: () => void;
    websocket?: boolean;
    jsessionid?: boolean;
  }
  const sockjs: { createServer(options: ReferenceOptions): ReferenceService };
  export default sockjs;
}

declare module "sockjs-client" {
  export default class SockJS {
    constructor(url: string, reserved?: null, options?: { transports: string[] });
    readonly transport: string;
    onopen: () => void;
    onheartbeat: () => void;
    onmessage: (event: { readonly data: string }) => void;
    onclose: (event: { readonly code: number; readonly reason: string }) => void;
    send(text: string): void;
    close(code?: number, reason?: string): void;
  }
}
