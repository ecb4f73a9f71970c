/** One gateway for all tests of a file, and people who are signed in at it. */
import { afterAll, beforeAll } from "vitest";
import type { ApiError } from "../../protocol/api.ts";
import type { Role } from "../../protocol/frames.ts";
import { ApiClient, startTestGateway, type TestGateway } from "./test-gateway.ts";

export let running: TestGateway;

export function startGatewayBeforeAll(): void {
  beforeAll(async () => {
    running = await startTestGateway();
  });
  afterAll(() => running.stop());
}

export async function signedInAs(role: Role, tenant: 0 | 1 = 0): Promise<ApiClient> {
  const client = new ApiClient(running.url);
  await client.signIn(running.tenants[tenant].emails[role]);
  return client;
}

export const owner = (): Promise<ApiClient> => signedInAs("owner");

export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as ApiError).error.code;
}
