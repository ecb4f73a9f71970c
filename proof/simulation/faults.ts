/** Everything that can go wrong in the simulated world. */
import type { CarrierName } from "../../protocol/frames.ts";
import type { Way } from "../../protocol/testing/wire.ts";

export type Fault = TabFault | GatewayFault | AimedDeath | DatabaseFault | BusFault;

/** The network of one tab, its page, or its browser. */
export type TabFault = { readonly tab: string } & (
  | { readonly kind: "cut" }
  | { readonly kind: "cut-after"; readonly way: Way; readonly bytes: number }
  | { readonly kind: "lose"; readonly way: Way; readonly messages: number }
  | { readonly kind: "deafen"; readonly way: Way | "both" }
  | { readonly kind: "refuse"; readonly carriers: readonly CarrierName[]; readonly forMs: number }
  | { readonly kind: "swallow"; readonly forMs: number }
  | { readonly kind: "dies"; readonly afterMs: number; readonly forMs: number }
  | { readonly kind: "slow"; readonly latencyMs: number; readonly forMs: number }
  | { readonly kind: "narrow"; readonly bytesPerMs: number; readonly forMs: number }
  | { readonly kind: "hold"; readonly carrier: CarrierName; readonly latencyMs: number; readonly forMs: number }
  | { readonly kind: "double"; readonly forMs: number }
  | { readonly kind: "freeze"; readonly forMs: number }
  | { readonly kind: "crash"; readonly backMs: number }
  | { readonly kind: "reload" }
  | { readonly kind: "clone"; readonly to: string }
  | { readonly kind: "token" }
  | { readonly kind: "disk-full"; readonly forMs: number }
  | { readonly kind: "disk-lost" }
  | { readonly kind: "disk-back"; readonly agoMs: number }
  | { readonly kind: "clock"; readonly jumpMs: number }
);

/** On whose behalf a gateway is made to die: a frame kind, or what else makes it work. */
export const errands = [
  "boot",
  "bus",
  "timer",
  "hello",
  "subscribe",
  "fetch",
  "publish",
  "receipt",
  "watch",
  "status",
  "closed",
] as const;
export type Errand = (typeof errands)[number];

export type GatewayFault = { readonly gateway: number } & (
  | { readonly kind: "kill"; readonly silently: boolean; readonly backMs: number }
  | {
      readonly kind: "die-at";
      readonly point: string | null;
      readonly errand: Errand | null;
      readonly after: number;
      readonly backMs: number;
    }
  | { readonly kind: "stall"; readonly forMs: number }
  | { readonly kind: "drain"; readonly backMs: number }
  | { readonly kind: "gateway-clock"; readonly jumpMs: number }
);

/** The gateway that comes by this place next dies there, whenever that is. */
export interface AimedDeath {
  readonly kind: "die-when";
  readonly errand: string;
  readonly point: string;
  readonly backMs: number;
}

export type DatabaseFault =
  | { readonly kind: "database-slow"; readonly statementMs: number; readonly forMs: number }
  | { readonly kind: "database-frozen"; readonly forMs: number }
  | { readonly kind: "database-down"; readonly forMs: number }
  | { readonly kind: "deadlock"; readonly statements: number }
  | { readonly kind: "pool-full"; readonly transactions: number }
  | { readonly kind: "commit-lost"; readonly before: number; readonly after: number }
  /** An older state comes back, and the gateways start on it. */
  | { readonly kind: "restore"; readonly agoMs: number };

export type BusFault = {
  readonly kind: "bus";
  readonly trouble: "loses" | "doubles" | "delays" | "down";
  readonly forMs: number;
};
