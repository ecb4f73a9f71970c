import type { Storage } from "../../../storage/storage.ts";
import type { LoginThrottle } from "../../accounts/login-throttle.ts";
import type { Sessions } from "../../accounts/session.ts";
import type { Core, Log, Signer } from "../../core/core.ts";

/** What the routes of `/api/v1` stand on. */
export interface ApiPorts {
  readonly storage: Storage;
  readonly core: Core;
  readonly sessions: Sessions;
  readonly throttle: LoginThrottle;
  readonly signer: Signer;
  readonly log: Log;
  readonly sessionMs: number;
}
