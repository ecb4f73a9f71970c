/** What has been written. */
import type { EventBody, LogEvent, Sender } from "../../../protocol/frames.ts";
import type { TestGateway } from "../gateway.ts";
import { idOf } from "../id-of.ts";
import { jonas, mei } from "./team.ts";
import { minuteMs } from "./times.ts";

const henrikSender: Sender = { side: "visitor", id: idOf("henrik-person"), name: "Henrik Solberg" };
const meiSender: Sender = { side: "agent", ...mei };
const jonasSender: Sender = { side: "agent", ...jonas };

/** An old thread of `count` messages, then today's. */
export function writeHenrik(gateway: TestGateway, now: number): void {
  const publicLog = `${idOf("c-henrik")}/public`;
  const staffLog = `${idOf("c-henrik")}/staff`;
  const say = (minutesAgo: number, sender: Sender, body: EventBody, more: Partial<LogEvent> = {}) =>
    gateway.append(publicLog, sender, body, { at: now - minutesAgo * minuteMs, ...more });
  const note = (minutesAgo: number, sender: Sender, text: string, after: number) =>
    gateway.append(staffLog, sender, { kind: "note", text }, { at: now - minutesAgo * minuteMs, after });
  const yesterday = 26 * 60;
  for (let place = 0; place < 120; place++)
    say(yesterday + 240 - place * 2, place % 2 ? meiSender : henrikSender, {
      kind: "text",
      text: `Earlier message ${place + 1} about the Skarv 65 and its replacement buckle.`,
    });
  say(10, henrikSender, {
    kind: "text",
    text: "Hi, I ordered the Moraine boots in 44 on Tuesday, but now I am unsure about the size. My old ones are a UK 9.5.",
  });
  const taken = say(9.5, meiSender, { kind: "joined" });
  gateway.append(
    staffLog,
    meiSender,
    { kind: "assigned", agent: mei.id, agentName: mei.name, previous: null },
    { at: now - 9.5 * minuteMs, after: taken.seq, producer: taken.producer, ordinal: taken.ordinal },
  );
  say(8, meiSender, { kind: "text", text: "Hello Henrik. Let me look at that order." });
  say(8, meiSender, {
    kind: "text",
    text: "UK 9.5 is our 44, and the Moraine runs true to size. With thick socks many people take the 44.5.",
  });
  say(5, henrikSender, { kind: "text", text: "I would wear two pairs in winter, so yes." });
  const order = say(5, henrikSender, {
    kind: "text",
    text: "Can I still change it? Order 48213, see https://northslope.example/orders/48213.",
  });
  note(4.5, meiSender, "@Jonas can you hold 48213 in the warehouse? Size change to 44.5.", order.seq);
  note(4, jonasSender, "Held. The label is not printed, so just change the line.", order.seq);
  const read = say(3.5, meiSender, {
    kind: "text",
    text: "It is packed but still here. I can change it to 44.5 and it leaves today.",
  });
  const delivered = say(2, meiSender, { kind: "text", text: "The price is the same." });
  say(1, meiSender, { kind: "text", text: "Shall I do it?" });
  gateway.positions(publicLog, { delivered: delivered.seq, read: read.seq });
}

export function writeWaiting(gateway: TestGateway, now: number): void {
  const waiting: readonly [string, string, string | undefined][] = [
    ["chen", "付款页一直转圈，是不是没付成功？", "陈思远"],
    ["v7k2", "Is the 44 too tight with thick socks?", undefined],
    ["priya", "Can I swap the colour after ordering?", "Priya Raman"],
    ["zhou", "好的，谢谢。另外可以开公司发票吗？", "周雨桐"],
  ];
  for (const [key, text, name] of waiting) {
    const sender: Sender = { side: "visitor", id: idOf(`${key}-person`), ...(name === undefined ? {} : { name }) };
    gateway.append(`${idOf(`c-${key}`)}/public`, sender, { kind: "text", text }, { at: now - minuteMs });
  }
}
