/** Who works at the shop. */
import type { Session } from "../../../protocol/api.ts";
import type { TeamRow } from "../../../protocol/rows.ts";
import { idOf } from "../id-of.ts";

export const meiSession: Session = {
  agent: {
    id: idOf("mei"),
    name: "Mei Lin",
    email: "mei.lin@northslope.example",
    face: "/faces/mei.svg",
    role: "owner",
    available: true,
    disabled: false,
    departments: [],
  },
  tenant: { id: idOf("northslope"), name: "Northslope" },
  csrf: "csrf-token",
  expiresAt: 4_000_000_000_000,
};

export const mei = { id: idOf("mei"), name: "Mei Lin", face: "/faces/mei.svg" };
export const jonas = { id: idOf("jonas"), name: "Jonas Weber", face: "/faces/jonas.svg" };
export const aisha = { id: idOf("aisha"), name: "Aisha Khan", face: "" };

export function teamRows(): TeamRow[] {
  const row = (
    agent: { id: string; name: string; face?: string },
    state: TeamRow["state"],
    conversations: number,
  ): TeamRow => ({
    key: agent.id,
    type: "agent",
    name: agent.name,
    email: "",
    role: "agent",
    state,
    conversations,
    ...(agent.face ? { face: agent.face } : {}),
  });
  return [
    row(mei, "available", 4),
    row(jonas, "available", 3),
    row(aisha, "away", 1),
    row({ id: idOf("tom"), name: "Tom Becker" }, "offline", 0),
  ];
}
