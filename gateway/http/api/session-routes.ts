/** Signing in and out, the socket's token, what one may change about oneself. */
import type { AgentInfo, Session } from "../../../protocol/api.ts";
import type { AgentRecord } from "../../../storage/records.ts";
import { hashPassword, passwordMatches } from "../../accounts/password.ts";
import { cookieHeader, sessionHash } from "../../accounts/session.ts";
import { ApiFailure } from "../api-error.ts";
import { parsed } from "../parsed.ts";
import { ok, type Route, type SignedIn } from "../route.ts";
import * as schemas from "../schemas.ts";
import type { ApiPorts } from "./ports.ts";

export function sessionRoutes(ports: ApiPorts): Route[] {
  return [
    {
      method: "POST",
      path: "/api/v1/session",
      summary: "Sign in: sets the session's cookie",
      access: "public",
      body: schemas.signIn,
      answer: schemas.session,
      status: 200,
      async handle({ body, address, secure }) {
        const { email, password } = parsed(schemas.signIn, body);
        const agent = await authenticated(ports, email, password, address, "password");
        const { token, expiresAt } = await ports.sessions.begin(agent);
        ports.log.info("signed-in", { agent: agent.id });
        const cookie = cookieHeader(token, Math.floor(ports.sessionMs / 1000), secure);
        return ok(sessionOf(ports, { agent, token, expiresAt }), { "Set-Cookie": cookie });
      },
    },
    {
      method: "GET",
      path: "/api/v1/session",
      summary: "Who is signed in; 204: nobody",
      access: "signed-in",
      action: null,
      // Every page asks this first, and browsers print a 401 as an error.
      nobody: { status: 204 },
      answer: schemas.session,
      status: 200,
      handle: async (_context, who) => ok(sessionOf(ports, who)),
    },
    {
      method: "DELETE",
      path: "/api/v1/session",
      summary: "Sign out",
      access: "signed-in",
      action: null,
      status: 204,
      async handle({ secure }, who) {
        await ports.sessions.end(who.token);
        ports.core.signedOut(who.agent.tenant, who.agent.id);
        return { status: 204, headers: { "Set-Cookie": cookieHeader("", 0, secure) } };
      },
    },
    {
      method: "POST",
      path: "/api/v1/socket-token",
      summary: "A token for the first frame of a socket, valid for 60 s",
      access: "signed-in",
      action: null,
      answer: schemas.socketToken,
      status: 200,
      handle: async (_context, who) => ok(ports.core.agentToken(who.agent, sessionHash(who.token))),
    },
    {
      method: "PATCH",
      path: "/api/v1/me",
      summary: "Change one's own name, password or availability",
      access: "signed-in",
      action: null,
      body: schemas.ownChange,
      answer: schemas.agentInfo,
      status: 200,
      async handle({ body, address }, who) {
        const change = parsed(schemas.ownChange, body);
        const passwordHash =
          change.password === undefined ? undefined : await changedPassword(ports, who, change.password, address);
        const agent = await ports.storage.updateAgent(who.agent.tenant, who.agent.id, {
          ...(change.name === undefined ? {} : { name: change.name }),
          ...(change.available === undefined ? {} : { available: change.available }),
          ...(passwordHash === undefined ? {} : { passwordHash }),
        });
        if (agent === null) throw new ApiFailure("not-found", "this agent does not exist any more");
        // Who changes a password may do so because somebody else is signed in.
        if (passwordHash !== undefined) {
          await ports.sessions.endOthers(agent, who.token);
          ports.core.signedOut(agent.tenant, agent.id);
        }
        await ports.core.agentChanged(agent.tenant, agent.id);
        return ok(agentInfo(agent));
      },
    },
  ];
}

/** `field` names where the password stands in the body. */
async function authenticated(
  ports: ApiPorts,
  email: string,
  password: string,
  address: string,
  field: "password" | "password.current",
): Promise<AgentRecord> {
  // First, so that a database that does not answer counts as nobody's failure.
  const found = await ports.storage.agentByEmail(email.trim());
  const waitMs = ports.throttle.tryMs(email, address);
  if (waitMs > 0) throw new ApiFailure("rate", "too many wrong passwords, try again later", { retryAfterMs: waitMs });
  const matches = await passwordMatches(found?.passwordHash ?? null, password);
  if (found === null || !matches || found.agent.disabled)
    throw new ApiFailure("unauthenticated", "this e-mail address and password do not fit", { field });
  ports.throttle.succeeded(email, address);
  return found.agent;
}

async function changedPassword(
  ports: ApiPorts,
  who: SignedIn,
  password: { current: string; next: string },
  address: string,
): Promise<string> {
  await authenticated(ports, who.agent.email, password.current, address, "password.current");
  return hashPassword(password.next);
}

function sessionOf(ports: ApiPorts, who: SignedIn): Session {
  const tenant = ports.core.directory.tenant(who.agent.tenant);
  return {
    agent: agentInfo(who.agent),
    tenant: { id: tenant?.id ?? "", name: tenant?.name ?? "" },
    csrf: ports.signer.sign("csrf", who.token),
    expiresAt: who.expiresAt,
  };
}

export function agentInfo(agent: AgentRecord): AgentInfo {
  const { id, name, email, face, role, available, disabled, departments } = agent;
  return { id, name, email, face, role, available, disabled, departments };
}
