/** What the laboratory's gateway is started with and told. */
import type { Mutant } from "./mutants.ts";

/** What every server is told that the laboratory starts. */
export interface ServerOrders {
  readonly port: number;
  /** A line stands here for each time that the point of a `die-at` was reached: what the next process and the laboratory can still read. */
  readonly witnessPath: string;
}

export interface GatewayOrders extends ServerOrders {
  readonly databaseUrl: string;
  readonly masterKey: string;
  /** Settings as environment variables. */
  readonly settings: Readonly<Record<string, string>>;
  /** True: storage in the gateway's own thread, with a fail point before and after each commit. Else as the product opens it. */
  readonly failsInStorage: boolean;
  readonly mutant: Mutant | null;
  readonly wallAheadMs: number;
}

/** Where a gateway can be made to die. The first two need `failsInStorage`. */
export type FailPoint = "in-transaction" | "after-commit" | "before-append" | "after-append" | "after-ack";

export type GatewayCommand =
  /** kill -9 at the `after`th time that the point is reached from now on. */
  | { readonly do: "die-at"; readonly point: FailPoint; readonly after: number }
  /** The event loop hangs. */
  | { readonly do: "block"; readonly ms: number }
  /** The wall clock jumps; timers do not. */
  | { readonly do: "jump"; readonly ms: number };

/** What a consumer is handed by the defect `callback-instead-of-cursor`, when it has been stored. */
export interface Handed {
  readonly log: string;
  readonly seq: number;
  readonly id: string;
}

export type GatewayNews =
  | { readonly ready: string }
  | { readonly done: GatewayCommand["do"] }
  | { readonly handed: readonly Handed[] };
