import type { Core, CorePorts, CoreSettings } from "./core.ts";

export function createCore(_ports: CorePorts, _settings: CoreSettings): Core {
  throw new Error("not yet");
}
