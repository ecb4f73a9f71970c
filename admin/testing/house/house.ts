/** The shop of the pictures, with people on it: what the screens' tests and pictures show. */
import type { TestGateway } from "../gateway.ts";
import { idOf } from "../id-of.ts";
import { closedConversations, henrikInfo, openConversation, searchPage } from "./history.ts";
import { inboxRows } from "./inbox-rows.ts";
import { people } from "./people.ts";
import { jonas, meiSession, teamRows } from "./team.ts";
import { writeHenrik, writeWaiting } from "./threads.ts";
import { visitRow } from "./visit-rows.ts";
import { crowd, visitorRow } from "./visitor-rows.ts";

export function fillHouse(gateway: TestGateway, now: number): void {
  const visitors = [...people.map((person) => visitorRow(person, now)), ...crowd(40, now)];
  gateway.upsert("visitors", visitors);
  gateway.upsert("team", teamRows());
  gateway.upsert("inbox", inboxRows(now));
  for (const person of people) gateway.upsert(`visit:${idOf(person.key)}`, [visitRow(person, now)]);
  writeHenrik(gateway, now);
  writeWaiting(gateway, now);
  gateway.visitors.set(idOf("henrik-person"), henrikInfo(now));
  for (const conversation of closedConversations(now)) gateway.conversations.set(conversation.id, conversation);
  gateway.conversations.set(idOf("c-henrik"), openConversation(now));
  gateway.sites.push({
    key: "ns_7Qd2",
    name: "northslope.example",
    color: "#0a5f78",
    side: "right",
    origins: ["https://northslope.example"],
    previews: true,
    remembers: false,
    requireSignature: true,
    reopenDays: 7,
    department: null,
    secret: "9f2c4e",
  });
  gateway.agents.push(meiSession.agent, {
    ...meiSession.agent,
    id: jonas.id,
    name: jonas.name,
    email: "jonas@northslope.example",
    face: jonas.face,
    role: "agent",
  });
  gateway.searches.set("gaiters", searchPage(now));
}
