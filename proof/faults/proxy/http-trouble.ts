/** Trouble that meets single requests: posts that come twice, polls that are held, answers that are kept back. */
import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Line } from "./line.ts";
import type { Way } from "./line-trouble.ts";

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly address: string | undefined;
}

export function httpTrouble(line: Line, gatewayPort: number) {
  return (asked: IncomingMessage, response: ServerResponse): void => {
    const parts: Buffer[] = [];
    asked.on("data", (part: Buffer) => parts.push(part));
    asked.on("end", () => {
      const { method = "GET", url: path = "/", headers, socket } = asked;
      const address = socket.remoteAddress;
      treat(line, gatewayPort, { method, path, headers, body: Buffer.concat(parts), address }, response);
    });
  };
}

function treat(line: Line, gatewayPort: number, asked: Asked, response: ServerResponse): void {
  const { doublePosts, holdPollsMs } = line.trouble;
  if (swallows(line, "up")) return;
  const pass = (): void => forward(line, gatewayPort, asked, response);
  if (doublePosts && asked.path.endsWith("/xhr_send")) {
    line.hits += 1;
    // As a proxy that lost the first answer and tries again.
    return deliver(gatewayPort, asked, (first) => first.resume().on("end", pass), pass);
  }
  if (holdPollsMs > 0 && /\/xhr(_streaming)?$/.test(asked.path)) {
    line.hits += 1;
    return void setTimeout(pass, holdPollsMs);
  }
  pass();
}

/** Trouble that came while the request was under way. */
function swallows(line: Line, way: Way): boolean {
  const { swallow } = line.trouble;
  if (swallow !== way && swallow !== "both") return false;
  line.hits += 1;
  return true;
}

function forward(line: Line, gatewayPort: number, asked: Asked, response: ServerResponse): void {
  deliver(
    gatewayPort,
    asked,
    (answer) => {
      // The next request meets the trouble of its own time.
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: "close" });
      let held: Buffer[] = [];
      let bytes = 0;
      // A stream has no holes.
      let dead = false;
      const release = (): void => {
        for (const part of held) response.write(part);
        held = [];
        bytes = 0;
      };
      answer.on("data", (part: Buffer) => {
        if (dead || swallows(line, "down")) {
          dead = true;
          return;
        }
        held.push(part);
        bytes += part.length;
        if (bytes >= line.trouble.holdDownBytes) release();
        else line.hits += 1;
      });
      answer.on("end", () => {
        if (dead || swallows(line, "down")) return;
        release();
        response.end();
      });
      answer.on("error", () => response.destroy());
      response.on("close", () => answer.destroy());
    },
    () => response.destroy(),
  );
}

function deliver(
  gatewayPort: number,
  { method, path, headers, body, address }: Asked,
  answered: (answer: IncomingMessage) => void,
  failed: () => void,
): void {
  const sent = request(
    {
      host: "127.0.0.1",
      port: gatewayPort,
      method,
      path,
      headers,
      agent: false,
      ...(address === undefined ? {} : { localAddress: address }),
    },
    answered,
  );
  sent.on("error", failed);
  sent.end(body);
}
