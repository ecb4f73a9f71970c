/** A usual stack, set up as its own documentation recommends (`docs/peers.md`), which is tried beside Beckon. */

export interface Peer {
  readonly name: string;
  /** File of its server, in this folder. */
  readonly program: string;
  /** The server says when it has taken a message. Else a page knows it when it sees its own message come back. */
  readonly acknowledges: boolean;
  /** A page that is being loaded: it has nothing on its screen, and asks for what there is. */
  load(page: PeerPlace): PeerLink;
}

export interface PeerPlace {
  /** Of the page's line: `http://host:port`. */
  readonly url: string;
  /** So many times faster than recommended does every timer run, here and in the server. */
  readonly speed: number;
  /** It has a link, or believes so. */
  online(yes: boolean): void;
  /** A message is on the screen, behind those that are there. `id`: of its row in the server's database. */
  shows(id: number, text: string): void;
  /** Only of peers that acknowledge. */
  acked(text: string): void;
}

export interface PeerLink {
  say(text: string): void;
  /** Texts that it holds and has not given up. */
  waiting(): readonly string[];
  /** The page is gone as it is. */
  close(): void;
}
