import { expect, test } from "vitest";
import { busContract } from "./contract.ts";
import { createMemoryBus } from "./memory.ts";

for (const { name, run } of busContract) {
  test(name, async () => {
    const bus = createMemoryBus();
    await run(bus).finally(() => bus.close());
  });
}

test("each listener hears in the order of publishing", async () => {
  const bus = createMemoryBus();
  const heard: string[] = [];
  const all = new Promise<void>((resolve) => {
    bus.subscribe("log", (payload) => heard.push(payload) === 100 && resolve());
  });
  for (let i = 0; i < 100; i++) bus.publish("log", String(i));
  await all;
  expect(heard).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
  await bus.close();
});
