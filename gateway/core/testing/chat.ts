/** A visitor and an agent who talk. */
import type { TestAgent, TestVisitor } from "./house.ts";
import { house } from "./house-of-each-test.ts";
import { until } from "./until.ts";

export const text = (words: string) => ({ kind: "text", text: words }) as const;
/** What somebody has been shown of a log: texts, and the kinds of all else. */
export const textsOf = (person: TestVisitor | TestAgent, log: string) =>
  person.socket.eventsOf(log).map((event) => ("text" in event.body ? event.body.text : event.body.kind));

/** A visitor and an agent in one conversation, both with its public log open. */
export async function chat(): Promise<{ visitor: TestVisitor; agent: TestAgent; log: string; conversation: string }> {
  const visitor = await house.visitor().arrives();
  const agent = await house.agentAt().arrives();
  const { log } = await visitor.writes("current", "first");
  await visitor.socket.receives("log", (frame) => frame.log === log);
  await agent.opens(log);
  await until(() => textsOf(agent, log).length === 1 && textsOf(visitor, log).length === 1);
  return { visitor, agent, log, conversation: log.split("/")[0] ?? "" };
}
