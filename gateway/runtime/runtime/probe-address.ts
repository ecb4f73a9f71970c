import { lookup } from "node:dns/promises";
import { createServer } from "node:net";
import { AddressUnavailable } from "../runtime.ts";

/**
 * Binds host and port once and lets them go, as the runtimes themselves would share a taken port without a word or could
 * not say why they failed. Resolves with the numeric address; rejects with {@link AddressUnavailable}.
 */
export async function probeAddress(host: string, port: number): Promise<string> {
  try {
    const { address } = await lookup(host);
    await bindOnce(address, port);
    return address;
  } catch (error) {
    throw new AddressUnavailable(host, port, codeOf(error));
  }
}

function bindOnce(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
}
