import type { HttpRequest, HttpResponse, HttpStream } from "../runtime/runtime.ts";

type Headers = Record<string, string>;
export type ContentType = keyof typeof contentTypes;

const contentTypes = {
  text: "text/plain; charset=UTF-8",
  script: "application/javascript; charset=UTF-8",
  json: "application/json; charset=UTF-8",
} as const;

const yearSeconds = 31_536_000;

/** Exactly what SockJS asks for: iOS 6 caches POST, some proxies compress and so buffer. */
const noCache = "no-store, no-cache, no-transform, must-revalidate, max-age=0";

/**
 * The answer to one request, with the headers that its origin and its cookie ask for. A held poll keeps nothing else of
 * its request.
 */
export class Reply {
  readonly #response: HttpResponse;
  /** Was let in before; `null`: the request named none. */
  readonly #origin: string | null;
  /** `JSESSIONID` to set, for balancers that stick to it; `null`: no cookie. */
  readonly #cookie: string | null;

  constructor(response: HttpResponse, origin: string | null, cookie: string | null) {
    this.#response = response;
    this.#origin = origin;
    this.#cookie = cookie;
  }

  send(status: number, type: ContentType, body: string): void {
    this.#response.send(status, this.#headers(type), body);
  }

  /** 204 with a type, as SockJS wants it. */
  accepted(): void {
    this.#response.send(204, this.#headers("text"));
  }

  stream(type: ContentType): HttpStream {
    // nginx holds back what does not fill its buffer unless it is told not to.
    return this.#response.stream(200, { ...this.#headers(type), "X-Accel-Buffering": "no" });
  }

  preflight(methods: string, request: HttpRequest, nowMs: number): void {
    const headers: Headers = {
      ...this.#cors(),
      "Cache-Control": `public, max-age=${yearSeconds}`,
      Expires: new Date(nowMs + yearSeconds * 1000).toUTCString(),
      "Access-Control-Max-Age": String(yearSeconds),
      "Access-Control-Allow-Methods": methods,
    };
    const asked = request.headers.get("access-control-request-headers");
    if (asked !== undefined && asked !== "") headers["Access-Control-Allow-Headers"] = asked;
    if (this.#cookie !== null) headers["Set-Cookie"] = this.#cookie;
    this.#response.send(204, headers);
  }

  #headers(type: ContentType): Headers {
    const headers = this.#cors();
    headers["Content-Type"] = contentTypes[type];
    headers["Cache-Control"] = noCache;
    if (this.#cookie !== null) headers["Set-Cookie"] = this.#cookie;
    return headers;
  }

  #cors(): Headers {
    if (this.#origin === null) return { "Access-Control-Allow-Origin": "*", Vary: "Origin" };
    return {
      "Access-Control-Allow-Origin": this.#origin,
      "Access-Control-Allow-Credentials": "true",
      Vary: "Origin",
    };
  }
}

/** `JSESSIONID` as it came, or `dummy`. */
export function stickyCookie(request: HttpRequest): string {
  const found = /(?:^|;\s*)JSESSIONID=([^;]*)/.exec(request.headers.get("cookie") ?? "");
  return `JSESSIONID=${found?.[1] || "dummy"}; path=/`;
}

/** Answers without anything of SockJS in it. */
export function plainAnswer(response: HttpResponse, status: number, body: string): void {
  response.send(status, { "Content-Type": contentTypes.text }, body);
}

export function methodNotAllowed(response: HttpResponse, allow: string): void {
  response.send(405, { Allow: allow });
}
