/** The way from the demo shop to the stage: `POST /demo/unplug/open`. Only `npm start` has it. */
import { ApiFailure, noStore, sendFailure } from "../../http/api-error.ts";
import type { HttpRequest, HttpResponse } from "../../runtime/runtime.ts";
import { isOwnPage } from "./own-page.ts";
import { Stage } from "./stage.ts";

export interface Unplug {
  /** False: not its business. */
  http(request: HttpRequest, response: HttpResponse): boolean;
  close(): Promise<void>;
}

export interface UnplugParts {
  readonly dataFolder: string;
  /** Of the stage's pages. */
  readonly pages: string;
}

const openPath = "/demo/unplug/open";
const loopback = /^(127\.|::1$)/;

export function createUnplug({ dataFolder, pages }: UnplugParts): Unplug {
  let stage: Stage | null = null;
  /** Stages come and go one after the other. */
  let changing: Promise<unknown> = Promise.resolve();

  const change = (next: () => Promise<Stage | null>): Promise<Stage | null> => {
    const changed = changing.then(async () => {
      await stage?.close();
      stage = null;
      stage = await next();
      return stage;
    });
    changing = changed.catch(() => undefined);
    return changed;
  };

  const open = async (host: string, response: HttpResponse): Promise<void> => {
    try {
      const opened = await change(() => Stage.open(dataFolder, pages));
      const url = `http://${host.replace(/:\d+$/, "")}:${opened?.port}/unplug/`;
      response.send(200, noStore, JSON.stringify({ url }));
    } catch (error) {
      sendFailure(response, new ApiFailure("internal", error instanceof Error ? error.message : String(error)));
    }
  };

  return {
    http(request, response) {
      if (request.path !== openPath) return false;
      const host = request.headers.get("host") ?? "";
      const own = isOwnPage(host, request.headers.get("origin") ?? "") && loopback.test(request.peerAddress);
      if (request.method !== "POST") response.send(405, { ...noStore, Allow: "POST" }, "{}");
      else if (!own) sendFailure(response, new ApiFailure("forbidden", "only pages of this machine may open it"));
      else void open(host, response);
      return true;
    },
    close: async () => void (await change(() => Promise.resolve(null))),
  };
}
