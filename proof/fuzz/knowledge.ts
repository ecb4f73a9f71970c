/** What strangers have: addresses, credentials that are their own, and what they could pick up of others. */
import type { SeededRandom } from "../../protocol/testing/seeded-random.ts";

/** So many that tokens of others are always at hand. */
const maxStolen = 500;
const tokenLastsMs = 40_000;

export type Buyer = () => Promise<string>;

export class Knowledge {
  readonly url: string;
  readonly sites: readonly string[];
  /** Of visitors who come again and again. */
  readonly secrets: readonly string[];
  /** Of neighbours. */
  readonly logs: string[] = [];
  readonly producers: string[] = [];
  readonly secret: string;
  readonly #unspeakable: Set<string>;
  readonly #buyers: { readonly agent: readonly Buyer[]; readonly viewer: readonly Buyer[] };
  readonly #bought = new Map<Buyer, { token: string; at: number }>();
  readonly #stolen: string[] = [];

  constructor(options: {
    url: string;
    sites: readonly string[];
    secrets: readonly string[];
    secret: string;
    /** Gets all that may stand in no log line. */
    unspeakable: Set<string>;
    buyers: { readonly agent: readonly Buyer[]; readonly viewer: readonly Buyer[] };
  }) {
    this.url = options.url;
    this.sites = options.sites;
    this.secrets = options.secrets;
    this.secret = options.secret;
    this.#buyers = options.buyers;
    this.#unspeakable = options.unspeakable;
    for (const secret of options.secrets) this.#unspeakable.add(secret);
  }

  stole(token: string): void {
    this.#unspeakable.add(token);
    this.#stolen.push(token);
    if (this.#stolen.length > maxStolen) this.#stolen.shift();
  }

  tokenFor(random: SeededRandom): string {
    return this.#stolen.length === 0 ? random.id() : random.pick(this.#stolen);
  }

  /** As several pages of one agent use one: they live for a minute. */
  async buyToken(role: "agent" | "viewer", random: SeededRandom): Promise<string> {
    const buyer = random.pick(this.#buyers[role]);
    const known = this.#bought.get(buyer);
    if (known && performance.now() - known.at < tokenLastsMs) return known.token;
    const token = await buyer();
    this.#bought.set(buyer, { token, at: performance.now() });
    this.stole(token);
    return token;
  }
}
