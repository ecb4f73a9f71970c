/** Names and faces are not stored with events; they are filled in from the directory when an event is told. */
import type { LogEvent, Sender } from "../../protocol/frames.ts";
import type { LiveDirectory } from "./directory.ts";

export function agentSender(directory: LiveDirectory, tenant: number, agent: string): Sender {
  const record = directory.agent(tenant, agent);
  if (!record) return { side: "agent", id: agent };
  return { side: "agent", id: agent, name: record.name, ...(record.face === null ? {} : { face: record.face }) };
}

/** The directory's face of an agent, as rows and states show it. */
export function agentFace(
  directory: LiveDirectory,
  tenant: number,
  agent: string | null,
): { id: string; name: string; face?: string } | null {
  if (agent === null) return null;
  const record = directory.agent(tenant, agent);
  return { id: agent, name: record?.name ?? "", ...(record?.face ? { face: record.face } : {}) };
}

export function withNames(directory: LiveDirectory, tenant: number, event: LogEvent): LogEvent {
  return { ...event, sender: named(directory, tenant, event.sender), body: namedBody(directory, tenant, event.body) };
}

function named(directory: LiveDirectory, tenant: number, sender: Sender): Sender {
  return sender.side === "agent" && sender.id !== undefined ? agentSender(directory, tenant, sender.id) : sender;
}

function namedBody(directory: LiveDirectory, tenant: number, body: LogEvent["body"]): LogEvent["body"] {
  if (body.kind !== "assigned") return body;
  const agentName = body.agent === null ? undefined : directory.agent(tenant, body.agent)?.name;
  const previousName = body.previous === null ? undefined : directory.agent(tenant, body.previous)?.name;
  return {
    ...body,
    ...(agentName === undefined ? {} : { agentName }),
    ...(previousName === undefined ? {} : { previousName }),
  };
}
