import type { CarrierName } from "../frames.ts";
import type { CarrierKind, CarrierListener, Clock } from "../ports.ts";

/** What a gateway gets of one connection. */
export interface ServerEnd {
  send(text: string): void;
  close(code: number, reason: string): void;
}
export interface ServerListener {
  message(text: string): void;
  closed(): void;
}
/** The network between one client and a gateway: every message waits until the clock passes; it can be cut in many ways. */
export interface Wire {
  kind(name: CarrierName): CarrierKind;
  /** Connections now open. */
  open(): number;
  /** Both ends learn of it; what was under way is lost. */
  cut(): void;
  /** Nothing travels this way any more on the connections of now, and nobody is told. */
  deafen(way: "up" | "down" | "both"): void;
  /** New connections are refused; `null`: allowed. Or only on these carriers. */
  refuse: (name: CarrierName) => boolean;
  /** They open, and then nothing comes. */
  swallow: (name: CarrierName) => boolean;
  latencyMs: () => number;
  /** A proxy sends it again. */
  doubles: () => boolean;
  /** Every message that arrived at the server, for tests that look. */
  readonly upstream: string[];
}

interface Connection {
  up: boolean;
  down: boolean;
  open: boolean;
  break(): void;
}

export function createWire(clock: Clock, connect: (end: ServerEnd) => ServerListener): Wire {
  let connections: Connection[] = [];
  const upstream: string[] = [];

  function dial(name: CarrierName, listener: CarrierListener) {
    let server: ServerListener | null = null;
    let upAt = 0;
    let downAt = 0;
    const connection: Connection = {
      up: true,
      down: true,
      open: true,
      break() {
        connection.open = false;
        connections = connections.filter((one) => one !== connection);
        if (server) server.closed();
        clock.after(0, () => listener.closed(1006, ""));
      },
    };
    /** In order, however the latency changes. */
    const travel = (way: "up" | "down", run: () => void): void => {
      const at = Math.max(clock.monotonic() + wire.latencyMs(), way === "up" ? upAt : downAt);
      if (way === "up") upAt = at;
      else downAt = at;
      clock.after(at - clock.monotonic(), () => {
        if (connection.open && connection[way]) run();
      });
    };
    const refused = wire.refuse(name);
    const swallowed = wire.swallow(name);
    connections.push(connection);
    clock.after(wire.latencyMs(), () => {
      if (!connection.open) return;
      if (refused) return connection.break();
      listener.opened();
      if (swallowed) return;
      server = connect({
        send: (text) => travel("down", () => listener.message(text)),
        close(code, reason) {
          travel("down", () => {
            connection.open = false;
            connections = connections.filter((one) => one !== connection);
            listener.closed(code, reason);
          });
        },
      });
    });
    return {
      name,
      send(text: string) {
        travel("up", () => {
          upstream.push(text);
          if (server) server.message(text);
          if (server && wire.doubles()) server.message(text);
        });
      },
      close() {
        if (!connection.open) return;
        // What was sent before may still arrive, after the client has long gone on elsewhere.
        travel("up", () => {
          connection.open = false;
          if (server) server.closed();
        });
        connections = connections.filter((one) => one !== connection);
      },
    };
  }

  const wire: Wire = {
    kind: (name) => ({ name, dial: (listener) => dial(name, listener) }),
    open: () => connections.length,
    cut() {
      for (const connection of connections.slice()) connection.break();
    },
    deafen(way) {
      for (const connection of connections) {
        if (way !== "down") connection.up = false;
        if (way !== "up") connection.down = false;
      }
    },
    refuse: () => false,
    swallow: () => false,
    latencyMs: () => 5,
    doubles: () => false,
    upstream,
  };
  return wire;
}
