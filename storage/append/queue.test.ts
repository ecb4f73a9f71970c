/** What goes into which batch, with commits that end when the test says so. */
import { expect, test } from "vitest";
import { createAppendQueue } from "../append.ts";
import { newId } from "../context.ts";
import type { AppendRequest, AppendResult } from "../storage.ts";
import type { Settlement } from "./batch.ts";

interface InFlight {
  readonly requests: AppendRequest[];
  end(): void;
}

function open(lanes: number) {
  const inFlight: InFlight[] = [];
  const queue = createAppendQueue({
    lanes,
    maxQueued: 10_000,
    now: () => 0,
    commit: (requests) =>
      new Promise<Settlement[]>((resolve) => {
        const batch: InFlight = {
          requests,
          end: () => {
            inFlight.splice(inFlight.indexOf(batch), 1);
            resolve(requests.map((request) => ({ result: storedIn(request) })));
          },
        };
        inFlight.push(batch);
      }),
  });
  return { queue, inFlight };
}

/** Every visitor has one conversation, of the same name. */
function storedIn({ target }: AppendRequest): AppendResult {
  const conversation = target.type === "log" ? target.conversation : (target.visitor ?? "");
  return { outcome: "stored", conversation } as AppendResult;
}

function message(producer: string, ordinal: number, target: AppendRequest["target"]): AppendRequest {
  return {
    tenant: 1,
    producer,
    address: "here",
    ordinal,
    messageId: newId(Math.random),
    sender: { side: "visitor", id: producer },
    at: 1,
    target,
    events: [{ log: "public", body: { kind: "text", text: "hello" } }],
  };
}

function current(visitor: string): AppendRequest["target"] {
  return { type: "current", site: 1, visitor, reopenMs: 0, newConversation: newId(Math.random), profile: {} };
}

function log(conversation: string): AppendRequest["target"] {
  return { type: "log", conversation, log: "public" };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("two lanes: the second takes what has nothing to do with the first, in order", async () => {
  const { queue, inFlight } = open(2);
  const [ann, bob] = [newId(Math.random), newId(Math.random)];
  const offered = [message(ann, 1, current(ann))];
  const answers = offered.map(queue.append);
  await settled();
  const more = [message(ann, 2, current(ann)), message(bob, 1, current(bob)), message(ann, 3, current(ann))];
  answers.push(...more.map(queue.append));
  await settled();
  expect(inFlight.map(({ requests }) => requests)).toEqual([offered, [more[1]]]);
  // Bob's commit ends first: Ann's next ones still wait for her first.
  inFlight[1]?.end();
  await settled();
  expect(inFlight.map(({ requests }) => requests)).toEqual([offered]);
  inFlight[0]?.end();
  await settled();
  expect(inFlight.map(({ requests }) => requests)).toEqual([[more[0], more[2]]]);
  inFlight[0]?.end();
  expect(await Promise.all(answers)).toHaveLength(4);
});

test("an agent's message stays out of the way of the visitor's in the same conversation, once it is known", async () => {
  const { queue, inFlight } = open(2);
  const [ann, agent, other] = [newId(Math.random), newId(Math.random), newId(Math.random)];
  const first = queue.append(message(ann, 1, current(ann)));
  await settled();
  inFlight[0]?.end();
  await first;
  const answers = [queue.append(message(ann, 2, current(ann)))];
  await settled();
  answers.push(queue.append(message(agent, 1, log(ann))), queue.append(message(agent, 2, log(other))));
  await settled();
  // The agent's second one must not overtake the first: they come from one producer.
  expect(inFlight.map(({ requests }) => requests.map(({ ordinal }) => ordinal))).toEqual([[2]]);
  inFlight[0]?.end();
  await settled();
  expect(inFlight.map(({ requests }) => requests.map(({ ordinal }) => ordinal))).toEqual([[1, 2]]);
  inFlight[0]?.end();
  await Promise.all(answers);
});

test("many at once are shared between the lanes, few are not", async () => {
  const { queue, inFlight } = open(2);
  const offer = (count: number) =>
    Array.from({ length: count }, () => newId(Math.random)).map((id) => queue.append(message(id, 1, current(id))));
  const few = offer(10);
  await settled();
  expect(inFlight.map(({ requests }) => requests.length)).toEqual([10]);
  inFlight[0]?.end();
  await Promise.all(few);
  const many = offer(300);
  await settled();
  expect(inFlight.map(({ requests }) => requests.length)).toEqual([150, 150]);
  for (const batch of [...inFlight]) batch.end();
  await Promise.all(many);
});

test("what belongs to one conversation is not shared out: it fills a batch", async () => {
  const { queue, inFlight } = open(2);
  const [conversation, other] = [newId(Math.random), newId(Math.random)];
  const offer = (to: string) => queue.append(message(newId(Math.random), 1, log(to)));
  const answers = [...Array.from({ length: 300 }, () => offer(conversation)), offer(other)];
  await settled();
  expect(inFlight.map(({ requests }) => requests.length)).toEqual([256, 1]);
  for (const batch of [...inFlight]) batch.end();
  await settled();
  expect(inFlight.map(({ requests }) => requests.length)).toEqual([44]);
  inFlight[0]?.end();
  await Promise.all(answers);
});

test("what is offered in the very moment in which a lane ends is taken", async () => {
  for (let steps = 0; steps < 20; steps += 1) {
    const { queue, inFlight } = open(1);
    const [ann, bob] = [newId(Math.random), newId(Math.random)];
    const first = queue.append(message(ann, 1, current(ann)));
    await settled();
    inFlight[0]?.end();
    for (let step = 0; step < steps; step += 1) await Promise.resolve();
    const second = queue.append(message(bob, 1, current(bob)));
    await settled();
    expect(inFlight.length).toBe(1);
    inFlight[0]?.end();
    await Promise.all([first, second, queue.idle()]);
  }
});
