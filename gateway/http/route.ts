/**
 * A route of `/api/v1` as data: the router, the OpenAPI document and the test that tries every route as a stranger are
 * made from the same table.
 */
import type * as v from "valibot";
import type { AgentRecord } from "../../storage/records.ts";
import type { Action } from "../core/permissions.ts";

export type Schema = v.GenericSchema;

export interface SignedIn {
  readonly agent: AgentRecord;
  /** Of the cookie. */
  readonly token: string;
  readonly expiresAt: number;
}

export interface RouteContext<Body> {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly address: string;
  readonly secure: boolean;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface RouteFacts {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With `:name` segments. */
  readonly path: string;
  readonly summary: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Schema;
  readonly answer?: Schema;
  readonly status: number;
}

export type Route =
  | (RouteFacts & { readonly access: "public"; handle(context: RouteContext<unknown>): Promise<Answer> })
  /** Whoever is signed in; `action` is asked of permissions.ts, null: about oneself only. */
  | (RouteFacts & {
      readonly access: "signed-in";
      readonly action: Action | null;
      /** For who is not signed in; default 401. */
      readonly nobody?: Answer;
      handle(context: RouteContext<unknown>, who: SignedIn): Promise<Answer>;
    });

export const ok = (body: unknown, headers?: Readonly<Record<string, string>>): Answer => ({
  status: 200,
  body,
  ...(headers === undefined ? {} : { headers }),
});
