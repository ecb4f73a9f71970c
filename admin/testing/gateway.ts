/** A gateway for the screens' tests: real frames through the codec over a real socket, with rows and logs that a test sets by hand. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Session } from "../../protocol/api.ts";
import type { ClientFrame, Publish } from "../../protocol/client-frames.ts";
import type { Cursor, Sender, ServerFrame } from "../../protocol/frames.ts";
import { buildAdminPage } from "./bundle.ts";
import { type ApiLists, openApi, type TestApi } from "./gateway/api.ts";
import { type Logs, openLogs, type TestLog } from "./gateway/logs.ts";
import { openPublishing, type Publishing } from "./gateway/publishing.ts";
import { openSockets, type Tell } from "./gateway/sockets.ts";
import { openViews, type Views } from "./gateway/views.ts";
import { idOf } from "./id-of.ts";

export interface TestGateway
  extends ApiLists,
    Pick<Publishing, "refuseNext">,
    Pick<Logs, "append">,
    Pick<TestApi, "changes"> {
  readonly url: string;
  readonly session: Session;
  readonly password: string;
  /** Everything that the page published, in order. */
  readonly published: readonly Publish[];
  readonly frames: readonly ClientFrame[];
  /** Puts rows into a view and tells the watchers. */
  upsert: Views["upsert"];
  remove: Views["remove"];
  log(address: string): TestLog;
  /** The visitor's cursors of a public log. */
  positions(address: string, visitor: Cursor): void;
  send(frame: ServerFrame): void;
  /** Holds acknowledgements back (messages stay on the way) until it is called with false. */
  holdPublishes(hold: boolean): void;
  /** Closes every socket; with `refuse` new ones too, until it is called with false. */
  dropSockets(refuse: boolean): void;
  /** The cookie session has ended: 401 until somebody signs in. */
  endSession(): void;
  /** The next request to `route` (`PATCH /me`) is answered with this error. */
  failNext: TestApi["failNext"];
  /** Searches are answered with `busy` until it is called with false. */
  failSearches(fail: boolean): void;
  close(): Promise<void>;
}

export async function startTestGateway(session: Session): Promise<TestGateway> {
  const page = await buildAdminPage();
  const password = "correct horse battery";
  const api = openApi(session, password);
  const http = createServer((request, response) => {
    const url = request.url ?? "/";
    if (url.startsWith("/api/v1")) return void api.serve(request, response, url.slice(7));
    const file = page.get(url.split("?")[0] === "/admin/" ? "/admin/index.html" : url);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": file.type });
    response.end(file.content);
  });
  const frames: ClientFrame[] = [];
  const sockets = openSockets(http, (frame, tell) => {
    frames.push(frame);
    receive(frame, tell);
  });
  const views = openViews(sockets.tellAll);
  const logs = openLogs(sockets.tellAll);
  const publishing = openPublishing(logs, senderOf(session));

  const receive = (frame: ClientFrame, tell: Tell) => {
    switch (frame.kind) {
      case "hello":
        tell(okFor(session));
        for (const position of frame.positions) logs.open(position, tell);
        for (const { address } of frame.producers.flatMap(({ outgoing }) => outgoing)) {
          if (!frame.positions.some((position) => position.address === address))
            logs.open({ address, epoch: "", seen: 0, delivered: 0, read: 0 }, tell);
        }
        return;
      case "subscribe":
        return logs.open(frame.position, tell);
      case "watch":
        return views.watch(frame.view, tell);
      case "publish":
        return publishing.receive(frame, tell);
      case "fetch":
        return logs.range(frame.log, frame.from, frame.to, frame.request, tell);
      case "heartbeat":
        return tell({ kind: "heartbeat", nonce: frame.nonce, now: Date.now(), heads: [] });
      default:
        return;
    }
  };
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));

  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    session,
    password,
    frames,
    ...api.lists,
    changes: api.changes,
    endSession: api.endSession,
    failNext: api.failNext,
    failSearches: api.failSearches,
    upsert: views.upsert,
    remove: views.remove,
    log: logs.of,
    append: logs.append,
    positions: logs.positions,
    published: publishing.published,
    refuseNext: publishing.refuseNext,
    holdPublishes: publishing.hold,
    send: sockets.tellAll,
    dropSockets: sockets.drop,
    close: async () => {
      sockets.close();
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    },
  };
}

function okFor({ agent: { id, name, role }, tenant }: Session): ServerFrame {
  return {
    kind: "ok",
    session: idOf("session"),
    gateway: "test",
    now: Date.now(),
    heartbeatMs: 20_000,
    principal: id,
    agent: { name, role, tenant: tenant.name, available: true },
    fenced: [],
  };
}

function senderOf({ agent: { id, name, face } }: Session): Sender {
  return { side: "agent", id, name, ...(face ? { face } : {}) };
}
