import type { CarrierName } from "../frames.ts";
import type { CarrierKind, CarrierListener, Clock } from "../ports.ts";

/** What a gateway needs of one connection. */
export interface ServerEnd {
  send(text: string): void;
  close(code: number, reason: string): void;
}
/** What it gets. */
export interface GatewayEnd extends ServerEnd {
  readonly carrier: CarrierName;
  /** `dropped`: too much waits already, and this was not kept; `drained` tells when there is room again. */
  send(text: string): "sent" | "dropped";
  /** What was sent and is not on its way yet. */
  bufferedBytes(): number;
}
export interface ServerListener {
  message(text: string): void;
  drained?(): void;
  closed(): void;
}
export type Way = "up" | "down";

/** What becomes of a new connection. `swallow`: it opens, and then nothing comes. `dies`: it opens, and breaks after `afterMs`. */
export type Fate = "fine" | "refuse" | "swallow" | { readonly dies: true; readonly afterMs: number };

/** The network between one client and a gateway: every message waits until the clock passes; it can be cut in many ways. */
export interface Wire {
  kind(name: CarrierName): CarrierKind;
  /** Connections now open. */
  open(): number;
  /** Both ends learn of it; what was under way is lost. */
  cut(): void;
  /** The connections of now break when so many more bytes have passed this way: the message that holds that byte never arrives. */
  cutAfter(way: Way, bytes: number): void;
  /** The next so many messages this way never arrive, although the connections of now live on: a proxy has swallowed them. */
  lose(way: Way, messages: number): void;
  /** Nothing travels this way any more on the connections of now, and nobody is told. */
  deafen(way: Way | "both"): void;
  /** Asked for each new connection, after {@link refuse} and {@link swallow}. */
  fate: (name: CarrierName) => Fate;
  /** New connections are refused; `null`: allowed. Or only on these carriers. */
  refuse: (name: CarrierName) => boolean;
  /** They open, and then nothing comes. */
  swallow: (name: CarrierName) => boolean;
  latencyMs: (way: Way, name: CarrierName) => number;
  /** How fast bytes leave the gateway. Default: at once. */
  downBytesPerMs: number;
  /** A proxy sends it again. */
  doubles: (name: CarrierName) => boolean;
  /** Every message that arrived at the server, for tests that look. */
  readonly upstream: string[];
}

/** As the runtime has it. */
export const maxBufferedBytes = 65_536;

interface Connection {
  up: boolean;
  down: boolean;
  open: boolean;
  /** Bytes until it breaks. */
  bytesLeft: { up: number; down: number };
  /** Messages that never arrive. */
  losing: { up: number; down: number };
  break(): void;
}

export function createWire(clock: Clock, connect: (end: GatewayEnd) => ServerListener): Wire {
  let connections: Connection[] = [];
  const upstream: string[] = [];

  function dial(name: CarrierName, listener: CarrierListener) {
    let server: ServerListener | null = null;
    const arrivesAt = { up: 0, down: 0 };
    let buffered = 0;
    let sentOutAt = 0;
    let full = false;
    const connection: Connection = {
      up: true,
      down: true,
      open: true,
      bytesLeft: { up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY },
      losing: { up: 0, down: 0 },
      break() {
        connection.open = false;
        forget();
        if (server) server.closed();
        clock.after(0, () => listener.closed(1006, ""));
      },
    };
    const forget = (): void => {
      connections = connections.filter((one) => one !== connection);
    };
    /** In order, however the latency changes. */
    const travel = (way: Way, leavesAt: number, run: () => void): void => {
      const at = Math.max(leavesAt + wire.latencyMs(way, name), arrivesAt[way]);
      arrivesAt[way] = at;
      clock.after(at - clock.monotonic(), () => {
        if (connection.open && connection[way]) run();
      });
    };
    /** False: it broke in the middle of this message, or lost it. */
    const passes = (way: Way, bytes: number): boolean => {
      if (connection.losing[way] > 0) {
        connection.losing[way] -= 1;
        return false;
      }
      connection.bytesLeft[way] -= bytes;
      if (connection.bytesLeft[way] >= 0) return true;
      connection.break();
      return false;
    };
    const leave = (bytes: number): void => {
      buffered -= bytes;
      if (buffered > 0 || !full) return;
      full = false;
      if (connection.open && server?.drained) server.drained();
    };
    const send = (text: string): "sent" | "dropped" => {
      if (full || buffered > maxBufferedBytes) {
        full = true;
        return "dropped";
      }
      const now = clock.monotonic();
      sentOutAt = Math.max(now, sentOutAt) + text.length / wire.downBytesPerMs;
      if (sentOutAt > now) {
        buffered += text.length;
        clock.after(sentOutAt - now, () => leave(text.length));
      }
      travel("down", sentOutAt, () => {
        if (passes("down", text.length)) listener.message(text);
      });
      return "sent";
    };
    const close = (code: number, reason: string): void =>
      travel("down", sentOutAt, () => {
        connection.open = false;
        forget();
        listener.closed(code, reason);
      });

    const fate = wire.refuse(name) ? "refuse" : wire.swallow(name) ? "swallow" : wire.fate(name);
    connections.push(connection);
    clock.after(wire.latencyMs("up", name), () => {
      if (!connection.open) return;
      if (fate === "refuse") return connection.break();
      listener.opened();
      if (fate === "swallow") return;
      server = connect({ carrier: name, send, close, bufferedBytes: () => buffered });
      if (fate === "fine") return;
      clock.after(fate.afterMs, () => {
        if (connection.open) connection.break();
      });
    });
    return {
      name,
      send(text: string) {
        travel("up", clock.monotonic(), () => {
          if (!passes("up", text.length)) return;
          upstream.push(text);
          if (server) server.message(text);
          if (server && wire.doubles(name)) server.message(text);
        });
      },
      close() {
        if (!connection.open) return;
        // What was sent before may still arrive, after the client has long gone on elsewhere.
        travel("up", clock.monotonic(), () => {
          connection.open = false;
          if (server) server.closed();
        });
        forget();
      },
    };
  }

  const wire: Wire = {
    kind: (name) => ({ name, dial: (listener) => dial(name, listener) }),
    open: () => connections.length,
    cut() {
      for (const connection of connections.slice()) connection.break();
    },
    cutAfter(way, bytes) {
      for (const connection of connections) connection.bytesLeft[way] = bytes;
    },
    lose(way, messages) {
      for (const connection of connections) connection.losing[way] = messages;
    },
    deafen(way) {
      for (const connection of connections) {
        if (way !== "down") connection.up = false;
        if (way !== "up") connection.down = false;
      }
    },
    fate: () => "fine",
    refuse: () => false,
    swallow: () => false,
    latencyMs: () => 5,
    downBytesPerMs: Number.POSITIVE_INFINITY,
    doubles: () => false,
    upstream,
  };
  return wire;
}
