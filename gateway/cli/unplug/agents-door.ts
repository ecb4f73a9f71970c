/**
 * A proxy in front of the gateway that knows who sits there: whoever comes through it is signed in as the stage's agent. The browser holds no
 * cookie for it, as cookies know no ports and this one would sign its owner out of the shop's agents' page. Two headers are changed: the
 * stage may show the agents' page in a frame.
 */
import { type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import type { GatewayPort } from "./cable.ts";

const host = "127.0.0.1";

export class AgentsDoor {
  readonly #gatewayPort: GatewayPort;
  #cookie = "";

  constructor(gatewayPort: GatewayPort) {
    this.#gatewayPort = gatewayPort;
  }

  /** Resolves when the agent is signed in, for as long as the gateway's sessions last. */
  async signIn(email: string, password: string): Promise<void> {
    const answer = await fetch(`http://${host}:${this.#gatewayPort()}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    if (!answer.ok) throw new Error(`signing in was answered with ${answer.status}`);
    this.#cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  }

  pass(asked: IncomingMessage, answer: ServerResponse): void {
    const port = this.#gatewayPort();
    if (port === null) return void asked.socket.resetAndDestroy();
    const { method, url } = asked;
    const headers = { ...asked.headers, cookie: this.#cookie };
    const sent = request({ host, port, method, path: url, headers, agent: false }, (got) => {
      answer.writeHead(got.statusCode ?? 502, framable(got.headers));
      got.pipe(answer);
      got.on("error", () => answer.destroy());
    });
    // A gateway that dies answers nobody.
    sent.on("error", () => asked.socket.destroy());
    answer.on("close", () => sent.destroy());
    asked.pipe(sent);
  }

  passSocket(asked: IncomingMessage, client: Socket, head: Buffer): void {
    const port = this.#gatewayPort();
    client.on("error", () => undefined);
    if (port === null) return void client.resetAndDestroy();
    const gateway = connect({ port, host, noDelay: true });
    gateway.on("error", () => undefined);
    gateway.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${rawHeaders(asked)}\r\n\r\n`);
    gateway.write(head);
    client.pipe(gateway).pipe(client);
    gateway.on("close", () => client.destroy());
    client.on("close", () => gateway.destroy());
  }
}

/** Of this connection alone, or the gateway's business with a browser that keeps cookies. */
const dropped = ["connection", "keep-alive", "transfer-encoding", "set-cookie"];

function framable(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name)));
  if (kept["x-frame-options"] !== undefined) kept["x-frame-options"] = "SAMEORIGIN";
  const policy = kept["content-security-policy"];
  if (typeof policy === "string")
    kept["content-security-policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
  return kept;
}

function rawHeaders({ rawHeaders: raw }: IncomingMessage): string {
  const lines: string[] = [];
  for (let index = 0; index < raw.length; index += 2) lines.push(`${raw[index]}: ${raw[index + 1]}`);
  return lines.join("\r\n");
}
