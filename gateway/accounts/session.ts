/** Cookie sessions: 256 random bits in an HttpOnly cookie; the database holds only their SHA-256. */
import { createHash, randomBytes } from "node:crypto";
import type { AgentRecord, SessionRecord } from "../../storage/records.ts";
import type { Storage } from "../../storage/storage.ts";

export const sessionCookie = "beckon_session";

export interface Sessions {
  begin(agent: AgentRecord): Promise<{ token: string; expiresAt: number }>;
  find(token: string): Promise<SessionRecord | null>;
  end(token: string): Promise<void>;
  /** All of the agent but this one. */
  endOthers(agent: AgentRecord, token: string): Promise<void>;
}

export function createSessions(storage: Storage, sessionMs: number, now: () => number): Sessions {
  return {
    async begin(agent) {
      const token = randomBytes(32).toString("base64url");
      const expiresAt = now() + sessionMs;
      await storage.createSession(sessionHash(token), {
        tenant: agent.tenant,
        agent: agent.id,
        createdAt: now(),
        expiresAt,
      });
      return { token, expiresAt };
    },
    async find(token) {
      if (!/^[\w-]{43}$/.test(token)) return null;
      const session = await storage.session(sessionHash(token));
      return session !== null && session.expiresAt > now() ? session : null;
    },
    end: (token) => storage.deleteSession(sessionHash(token)),
    endOthers: (agent, token) => storage.deleteSessionsOf(agent.tenant, agent.id, sessionHash(token)),
  };
}

/** How storage names the session of a cookie. */
export function sessionHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** The value of a cookie in a Cookie header, empty if there is none. */
export function readCookie(header: string | undefined, name: string): string {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return "";
}

export function cookieHeader(token: string, maxAgeSeconds: number, secure: boolean): string {
  return `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure ? "; Secure" : ""}`;
}
