/** Agents and departments of the tenant. */

import * as v from "valibot";
import type { AgentRecord } from "../../../storage/records.ts";
import { hashPassword } from "../../accounts/password.ts";
import { ApiFailure } from "../api-error.ts";
import { parsed } from "../parsed.ts";
import { ok, type Route, type SignedIn } from "../route.ts";
import * as schemas from "../schemas.ts";
import { refuseUnknownDepartments } from "./departments.ts";
import type { ApiPorts } from "./ports.ts";
import { agentInfo } from "./session-routes.ts";

export function agentRoutes(ports: ApiPorts): Route[] {
  const { storage, core } = ports;
  return [
    {
      method: "GET",
      path: "/api/v1/agents",
      summary: "All agents of the tenant",
      access: "signed-in",
      action: "read-agents",
      answer: v.array(schemas.agentInfo),
      status: 200,
      handle: async (_context, who) => ok((await storage.agents(who.agent.tenant)).map(agentInfo)),
    },
    {
      method: "POST",
      path: "/api/v1/agents",
      summary: "Add an agent",
      access: "signed-in",
      action: "manage-agents",
      body: schemas.newAgent,
      answer: schemas.agentInfo,
      status: 201,
      async handle({ body }, who) {
        const wanted = parsed(schemas.newAgent, body);
        refuseHigherRole(who, wanted.role);
        const passwordHash = await hashPassword(wanted.password);
        const agent = await storage.createAgent(who.agent.tenant, {
          email: wanted.email,
          name: wanted.name,
          role: wanted.role,
          passwordHash,
        });
        if (agent === "conflict")
          throw new ApiFailure("conflict", "an agent with this e-mail address exists", { field: "email" });
        await core.agentChanged(agent.tenant, agent.id);
        return { status: 201, body: agentInfo(agent) };
      },
    },
    {
      method: "PATCH",
      path: "/api/v1/agents/:agent",
      summary: "Change an agent's name, role, departments, or disable the account",
      access: "signed-in",
      action: "manage-agents",
      body: schemas.agentChange,
      answer: schemas.agentInfo,
      status: 200,
      async handle({ body, parameters }, who) {
        const change = parsed(schemas.agentChange, body);
        const agents = await storage.agents(who.agent.tenant);
        const present = agents.find((agent) => agent.id === parameters.agent);
        if (present === undefined) throw new ApiFailure("not-found", "no such agent");
        refuseHigherRole(who, present.role);
        if (change.role !== undefined) refuseHigherRole(who, change.role);
        refuseLastOwner(agents, present, change);
        await refuseUnknownDepartments(ports, who, "departments", change.departments ?? []);
        const agent = await storage.updateAgent(who.agent.tenant, present.id, {
          ...(change.name === undefined ? {} : { name: change.name }),
          ...(change.role === undefined ? {} : { role: change.role }),
          ...(change.disabled === undefined ? {} : { disabled: change.disabled }),
          ...(change.departments === undefined ? {} : { departments: change.departments }),
        });
        if (agent === null) throw new ApiFailure("not-found", "no such agent");
        if (agent.disabled) await storage.deleteSessionsOf(agent.tenant, agent.id);
        await core.agentChanged(agent.tenant, agent.id);
        return ok(agentInfo(agent));
      },
    },
    {
      method: "GET",
      path: "/api/v1/departments",
      summary: "All departments",
      access: "signed-in",
      action: "read-agents",
      answer: v.array(schemas.departmentInfo),
      status: 200,
      handle: async (_context, who) => ok(await storage.departments(who.agent.tenant)),
    },
    {
      method: "POST",
      path: "/api/v1/departments",
      summary: "Add a department",
      access: "signed-in",
      action: "manage-agents",
      body: schemas.newDepartment,
      answer: schemas.departmentInfo,
      status: 201,
      async handle({ body }, who) {
        const { name } = parsed(schemas.newDepartment, body);
        return { status: 201, body: await storage.createDepartment(who.agent.tenant, name) };
      },
    },
    {
      method: "PATCH",
      path: "/api/v1/departments/:department",
      summary: "Rename a department",
      access: "signed-in",
      action: "manage-agents",
      body: schemas.newDepartment,
      answer: schemas.departmentInfo,
      status: 200,
      async handle({ body, parameters }, who) {
        const { name } = parsed(schemas.newDepartment, body);
        const department = Number(parameters.department);
        const renamed = Number.isSafeInteger(department)
          ? await storage.renameDepartment(who.agent.tenant, department, name)
          : null;
        if (renamed === null) throw new ApiFailure("not-found", "no such department");
        return ok(renamed);
      },
    },
  ];
}

/** Only owners make, change or unmake owners. */
function refuseHigherRole(who: SignedIn, role: AgentRecord["role"]): void {
  if (role === "owner" && who.agent.role !== "owner") throw new ApiFailure("forbidden", "only an owner may do this");
}

function refuseLastOwner(
  agents: readonly AgentRecord[],
  present: AgentRecord,
  change: { role?: string | undefined; disabled?: boolean | undefined },
): void {
  const stays = (change.role ?? present.role) === "owner" && !(change.disabled ?? present.disabled);
  const others = agents.some((agent) => agent.id !== present.id && agent.role === "owner" && !agent.disabled);
  if (present.role === "owner" && !present.disabled && !stays && !others)
    throw new ApiFailure("conflict", "somebody has to stay owner");
}
