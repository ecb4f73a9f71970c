import { ApiFailure } from "../api-error.ts";
import type { SignedIn } from "../route.ts";
import type { ApiPorts } from "./ports.ts";

/** `field` names where they stand in the body. */
export async function refuseUnknownDepartments(
  ports: ApiPorts,
  who: SignedIn,
  field: string,
  wanted: readonly number[],
): Promise<void> {
  if (wanted.length === 0) return;
  const known = new Set((await ports.storage.departments(who.agent.tenant)).map((entry) => entry.department));
  if (wanted.some((department) => !known.has(department)))
    throw new ApiFailure("invalid", `${field}: no such department`, { field });
}
