import { networkOf } from "../core/network-of.ts";

/** Counts what is open, in all and for each client address; a subscriber's /64 of IPv6 is one. */
export class Admission {
  readonly #max: number;
  readonly #maxPerAddress: number;
  readonly #byNetwork = new Map<string, number>();
  #count = 0;

  constructor(max: number, maxPerAddress: number) {
    this.#max = max;
    this.#maxPerAddress = maxPerAddress;
  }

  /** False: too many already. After true, call `release` once. */
  admit(address: string): boolean {
    const network = networkOf(address);
    const here = this.#byNetwork.get(network) ?? 0;
    if (this.#count >= this.#max || here >= this.#maxPerAddress) return false;
    this.#count += 1;
    this.#byNetwork.set(network, here + 1);
    return true;
  }

  release(address: string): void {
    const network = networkOf(address);
    const here = this.#byNetwork.get(network) ?? 0;
    this.#count -= 1;
    if (here > 1) this.#byNetwork.set(network, here - 1);
    else this.#byNetwork.delete(network);
  }

  get count(): number {
    return this.#count;
  }
}
