import { Buffer } from "node:buffer";
import { RawClient } from "./raw-client.ts";

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** The handshake as browsers say it. */
export function upgradeRequest(path: string, headers = "Connection: Upgrade\r\nUpgrade: websocket\r\n"): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
}

/** A WebSocket client that answers nothing by itself and can stop reading. */
export class RawWebSocket {
  readonly client: RawClient;
  #parsed = 0;
  readonly #frames: Frame[] = [];

  private constructor(client: RawClient) {
    this.client = client;
  }

  static async open(port: number, path: string): Promise<RawWebSocket> {
    const client = await RawClient.connect(port);
    client.write(upgradeRequest(path));
    await client.until((received) => received.includes("\r\n\r\n"));
    const socket = new RawWebSocket(client);
    socket.#parsed = client.received.indexOf("\r\n\r\n") + 4;
    return socket;
  }

  sendText(text: string): void {
    this.#send(opcodes.text, Buffer.from(text));
  }

  sendPong(payload: Buffer): void {
    this.#send(opcodes.pong, payload);
  }

  texts(): string[] {
    return this.#framesOf("text").map((payload) => payload.toString("utf8"));
  }

  pings(): Buffer[] {
    return this.#framesOf("ping");
  }

  async until(enough: () => boolean): Promise<void> {
    await this.client.until(() => enough());
  }

  #framesOf(kind: keyof typeof opcodes): Buffer[] {
    this.#parse();
    return this.#frames.filter((frame) => frame.opcode === opcodes[kind]).map((frame) => frame.payload);
  }

  #parse(): void {
    for (;;) {
      const found = frameAt(this.client.received, this.#parsed);
      if (found === null) return;
      this.#frames.push(found.frame);
      this.#parsed = found.end;
    }
  }

  /** One masked frame; the mask is zero, which is legal and keeps the bytes readable. */
  #send(opcode: number, payload: Buffer): void {
    if (payload.length > 125) throw new Error("short frames only");
    this.client.write(Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length, 0, 0, 0, 0]), payload]));
  }
}

function frameAt(bytes: Buffer, start: number): { readonly frame: Frame; readonly end: number } | null {
  if (bytes.length < start + 2) return null;
  const short = bytes.readUInt8(start + 1) & 127;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const head = start + 2 + lengthBytes;
  if (bytes.length < head) return null;
  const length =
    short === 126 ? bytes.readUInt16BE(start + 2) : short === 127 ? Number(bytes.readBigUInt64BE(start + 2)) : short;
  if (bytes.length < head + length) return null;
  const opcode = bytes.readUInt8(start) & 15;
  return { frame: { opcode, payload: bytes.subarray(head, head + length) }, end: head + length };
}
