/** A page of a peer: what stands on its screen is what its link has shown since it was loaded. */
import type { Seat } from "../ground.ts";
import type { HistoryRecorder } from "../history.ts";
import type { StoredMessage } from "./message-store.ts";
import type { Peer, PeerLink } from "./peer.ts";

export interface PeerSurrounding {
  readonly peer: Peer;
  readonly recorder: HistoryRecorder;
  readonly speed: number;
}

/** Everybody talks here. */
export const roomName = "room";

/** The laboratory's own messages, which are not judged: see {@link PeerPage.probe}. */
const probeMark = "probe ";
export const isProbe = (text: string): boolean => text.startsWith(probeMark);

export class PeerPage implements Seat {
  readonly name: string;
  readonly line: number;
  readonly #url: string;
  readonly #around: PeerSurrounding;
  #link!: PeerLink;
  #load = 0;
  #online = false;
  #said = 0;
  #shown: StoredMessage[] = [];

  constructor(name: string, line: number, url: string, around: PeerSurrounding) {
    this.name = name;
    this.line = line;
    this.#url = url;
    this.#around = around;
  }

  get online(): boolean {
    return this.#online;
  }

  get shown(): readonly StoredMessage[] {
    return this.#shown;
  }

  /** For the first time, or again. */
  load(): void {
    if (this.#load > 0) this.close();
    this.#load += 1;
    this.#shown = [];
    const load = this.#load;
    const { peer, speed } = this.#around;
    const unlessGone = (work: () => void): void => {
      if (load === this.#load) work();
    };
    this.#link = peer.load({
      url: this.#url,
      speed,
      online: (yes) => unlessGone(() => this.#changes(yes)),
      shows: (id, text) => unlessGone(() => this.#draws({ id, text })),
      acked: (text) => unlessGone(() => this.#around.recorder.ackedBy(text, Date.now())),
    });
  }

  /** Gone as it is. */
  close(): void {
    this.#load += 1;
    this.#online = false;
    this.#link.close();
  }

  say(): void {
    this.#said += 1;
    const text = `${this.name}:${this.#said}`;
    this.#around.recorder.wrote({ id: text, author: this.name, address: roomName, text });
    this.#link.say(text);
  }

  /** A message that shows, where it arrives, that everything before it has arrived too or never will. */
  probe(round: number): string {
    const text = `${probeMark}${this.name}:${round}`;
    this.#link.say(text);
    return text;
  }

  waiting(): string[] {
    return this.#link.waiting().filter((text) => !isProbe(text));
  }

  #changes(online: boolean): void {
    this.#online = online;
  }

  #draws(message: StoredMessage): void {
    this.#shown.push(message);
    const { peer, recorder } = this.#around;
    if (!peer.acknowledges && message.text.startsWith(`${this.name}:`)) recorder.ackedBy(message.text, Date.now());
  }
}
