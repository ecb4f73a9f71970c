/** An HTTP request on a connection of its own: one that was kept may just be closed by the other side, and a post is not sent again. */
import { request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export function requestAlone(
  url: string,
  method: "GET" | "POST",
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }));
    });
    sent.on("error", reject);
    sent.end();
  });
}
