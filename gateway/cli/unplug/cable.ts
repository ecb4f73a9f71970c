/** A cable between somebody and a gateway: a port of its own on this machine, which can be cut while they talk. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Where the gateway listens now; null: there is none. */
export type GatewayPort = () => number | null;

export class Cable {
  readonly #gatewayPort: GatewayPort;
  readonly #server: Server;
  /** Both ends of whatever was let in, also of what stands half-open. */
  readonly #sockets = new Set<Socket>();
  #cut = false;

  /** Resolves when it can be dialled on 127.0.0.1. */
  static async lay(gatewayPort: GatewayPort): Promise<Cable> {
    const cable = new Cable(gatewayPort);
    await new Promise<void>((resolve) => cable.#server.listen(0, "127.0.0.1", resolve));
    return cable;
  }

  private constructor(gatewayPort: GatewayPort) {
    this.#gatewayPort = gatewayPort;
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get isCut(): boolean {
    return this.#cut;
  }

  /** What is under way is gone, and nobody is told: connections stand open and say nothing, new ones are never answered. */
  cut(): void {
    this.#cut = true;
  }

  /** A stream has no holes: what stood open when the cable was cut is reset. */
  plugIn(): void {
    if (!this.#cut) return;
    this.#cut = false;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }

  #accept(client: Socket): void {
    this.#keep(client);
    // Read and thrown away, as no wire would hold it.
    if (this.#cut) return void client.resume();
    const port = this.#gatewayPort();
    if (port === null) return void client.resetAndDestroy();
    const gateway = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#keep(gateway);
    this.#carry(client, gateway);
    this.#carry(gateway, client);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
  }

  #carry(from: Socket, to: Socket): void {
    from.on("data", (bytes) => {
      if (this.#cut || to.destroyed || to.write(bytes)) return;
      from.pause();
      to.once("drain", () => from.resume());
    });
    // A cable that is cut carries no farewell either.
    from.on("end", () => this.#cut || to.end());
    from.on("close", () => this.#cut || to.destroy());
  }
}
