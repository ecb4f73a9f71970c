/** What pages and server say to each other over `socket.io`. */

export interface ClientToServer {
  /** `clientOffset` null: the server cannot know one that comes again. */
  message(text: string, clientOffset: string | null, done: () => void): void;
}

export interface ServerToClient {
  message(text: string, id: number): void;
}

/** `since`: send what was stored after this id; null: nothing. */
export interface SocketIoAuth {
  readonly since: number | null;
}
