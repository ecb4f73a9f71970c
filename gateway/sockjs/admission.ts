/** Counts what is open, in all and for each client address. */
export class Admission {
  readonly #max: number;
  readonly #maxPerAddress: number;
  readonly #byAddress = new Map<string, number>();
  #count = 0;

  constructor(max: number, maxPerAddress: number) {
    this.#max = max;
    this.#maxPerAddress = maxPerAddress;
  }

  /** False: too many already. After true, call `release` once. */
  admit(address: string): boolean {
    const here = this.#byAddress.get(address) ?? 0;
    if (this.#count >= this.#max || here >= this.#maxPerAddress) return false;
    this.#count += 1;
    this.#byAddress.set(address, here + 1);
    return true;
  }

  release(address: string): void {
    const here = this.#byAddress.get(address) ?? 0;
    this.#count -= 1;
    if (here > 1) this.#byAddress.set(address, here - 1);
    else this.#byAddress.delete(address);
  }

  get count(): number {
    return this.#count;
  }
}
