/** What every transport passes, against a gateway that sends back each text. Runs in a real browser: throws what is wrong. */
import type { Carrier, CarrierKind } from "./transport.ts";

export interface TransportsUnderTest {
  /** The server echoes; the text `close` makes it close with 4512 "gone". */
  transport: CarrierKind;
  /** The same transport towards an address where nobody listens. */
  nowhere: CarrierKind;
}
export type TransportCase = { name: string; run(given: TransportsUnderTest): Promise<void> };

export const transportContract: TransportCase[] = [
  {
    name: "calls nothing back before dial has returned, then opens once",
    async run({ transport }) {
      const link = dial(transport);
      equal(link.log, []);
      await link.reached(1);
      equal(link.log, ["opened"]);
      link.carrier.close();
    },
  },
  {
    name: "brings texts whole and in order, both ways",
    async run({ transport }) {
      const link = dial(transport);
      await link.reached(1);
      const texts = ['[{"k":"x"}]', "\ud83d\ude00 林玫 \u2028", "x".repeat(40_000)];
      for (let i = 0; i < 40; i++) texts.push(`number ${i}`);
      for (const text of texts) link.carrier.send(text);
      await link.reached(1 + texts.length);
      equal(
        link.log.slice(1),
        texts.map((text) => `message ${text}`),
      );
      link.carrier.close();
    },
  },
  {
    name: "tells the server's close code and reason once, and nothing after it",
    async run({ transport }) {
      const link = dial(transport);
      await link.reached(1);
      link.carrier.send("close");
      await link.reached(2);
      link.carrier.send("late");
      link.carrier.close();
      equal(link.log, ["opened", "closed 4512 gone"]);
    },
  },
  {
    name: "tells nothing after close, which may be called twice",
    async run({ transport }) {
      const link = dial(transport);
      link.carrier.close();
      link.carrier.close();
      const other = dial(transport);
      await other.reached(1);
      equal(link.log, []);
      other.carrier.close();
    },
  },
  {
    name: "closes without having opened where nobody listens",
    async run({ nowhere }) {
      const link = dial(nowhere);
      link.carrier.send("into the void");
      await link.reached(1);
      equal(link.log[0]?.slice(0, 11), "closed 1006");
    },
  },
];

function dial(transport: CarrierKind): { log: string[]; carrier: Carrier; reached(count: number): Promise<void> } {
  const log: string[] = [];
  const carrier = transport.dial({
    opened: () => log.push("opened"),
    message: (text) => log.push(`message ${text}`),
    closed: (code, reason) => log.push(`closed ${code} ${reason}`),
  });
  return {
    log,
    carrier,
    async reached(count) {
      while (log.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}

function equal(actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`expected ${right?.slice(0, 300)}, got ${left?.slice(0, 300)}`);
}
