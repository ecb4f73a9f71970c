/** What every bus must do. Each case gets a fresh bus and closes it. */
import assert from "node:assert/strict";
import { type Bus, maxPayloadBytes, maxTopicChars } from "./bus.ts";

export interface BusCase {
  readonly name: string;
  readonly run: (bus: Bus) => Promise<void>;
}

export const busContract: readonly BusCase[] = [
  {
    name: "a subscriber hears what is published to its topic, and nothing else",
    run: async (bus) => {
      const heard = new Heard();
      bus.subscribe("visitors", heard.listener);
      bus.publish("agents", "no");
      bus.publish("visitors", "yes");
      await heard.count(1);
      assert.deepEqual(heard.all, ["visitors: yes"]);
    },
  },
  {
    name: "all subscribers of a topic hear, the publisher's own too",
    run: async (bus) => {
      const [one, two] = [new Heard(), new Heard()];
      bus.subscribe("log", one.listener);
      bus.subscribe("log", two.listener);
      bus.publish("log", "7");
      await one.count(1);
      await two.count(1);
    },
  },
  {
    name: "a listener is never called inside publish",
    run: async (bus) => {
      const heard = new Heard();
      bus.subscribe("log", heard.listener);
      bus.publish("log", "1");
      assert.equal(heard.all.length, 0);
      await heard.count(1);
    },
  },
  {
    name: "a stopped subscription hears nothing; stopping twice is harmless and leaves others alone",
    run: async (bus) => {
      const [stopped, staying] = [new Heard(), new Heard()];
      const stop = bus.subscribe("log", stopped.listener);
      bus.subscribe("log", staying.listener);
      stop();
      stop();
      bus.publish("log", "1");
      await staying.count(1);
      assert.deepEqual(stopped.all, []);
    },
  },
  {
    name: "one function subscribed twice hears twice and is stopped one by one",
    run: async (bus) => {
      const heard = new Heard();
      const stop = bus.subscribe("log", heard.listener);
      bus.subscribe("log", heard.listener);
      bus.publish("log", "1");
      await heard.count(2);
      stop();
      bus.publish("log", "2");
      await heard.count(3);
      assert.deepEqual(heard.all.slice(2), ["log: 2"]);
    },
  },
  {
    name: "topics named like parts of JavaScript are topics",
    run: async (bus) => {
      const heard = new Heard();
      for (const topic of ["__proto__", "constructor", "toString"]) bus.subscribe(topic, heard.listener);
      for (const topic of ["__proto__", "constructor", "toString", "hasOwnProperty"]) bus.publish(topic, "x");
      await heard.count(3);
      assert.deepEqual([...heard.all].sort(), ["__proto__: x", "constructor: x", "toString: x"]);
    },
  },
  {
    name: "any text arrives as it was sent",
    run: async (bus) => {
      const heard = new Heard();
      const texts = ["", "zwölf 漢字 😀", "line\nbreak\u0000", '{"a":1}'];
      bus.subscribe("log", heard.listener);
      for (const text of texts) bus.publish("log", text);
      await heard.count(texts.length);
      assert.deepEqual([...heard.all].sort(), texts.map((text) => `log: ${text}`).sort());
    },
  },
  {
    name: "the largest topic and payload pass; one more is dropped and counted, and does no harm",
    run: async (bus) => {
      const heard = new Heard();
      const topic = "t".repeat(maxTopicChars);
      bus.subscribe(topic, heard.listener);
      bus.subscribe(`${topic}t`, heard.listener);
      bus.publish(`${topic}t`, "topic too long");
      bus.publish(topic, "x".repeat(maxPayloadBytes + 1));
      bus.publish(topic, `${"ü".repeat(maxPayloadBytes / 2)}x`);
      bus.publish(topic, "x".repeat(maxPayloadBytes));
      await heard.count(1);
      assert.equal(heard.all[0]?.length, maxPayloadBytes + maxTopicChars + 2);
      assert.equal(bus.dropped, 3);
    },
  },
  {
    name: "a listener that subscribes, stops and publishes while it listens confuses nobody",
    run: async (bus) => {
      const late = new Heard();
      const stop = bus.subscribe("log", () => {
        stop();
        bus.subscribe("log", late.listener);
        bus.publish("log", "second");
      });
      bus.publish("log", "first");
      await late.until((texts) => texts.includes("log: second"));
    },
  },
  {
    name: "up while it is open; nothing comes after close, and using it stays harmless",
    run: async (bus) => {
      const heard = new Heard();
      bus.subscribe("log", heard.listener);
      assert.equal(bus.state, "up");
      bus.publish("log", "cut off");
      await bus.close();
      const before = heard.all.length;
      assert.equal(bus.state, "down");
      bus.publish("log", "late");
      bus.subscribe("log", heard.listener)();
      await bus.close();
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(heard.all.length, before);
    },
  },
];

/** Collects what a subscription hears, and waits for it. */
class Heard {
  readonly all: string[] = [];
  #wake: () => void = () => {};

  readonly listener = (payload: string, topic: string): void => {
    this.all.push(`${topic}: ${payload}`);
    this.#wake();
  };

  count(expected: number): Promise<void> {
    return this.until((texts) => texts.length >= expected);
  }

  async until(enough: (texts: readonly string[]) => boolean): Promise<void> {
    while (!enough(this.all)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
