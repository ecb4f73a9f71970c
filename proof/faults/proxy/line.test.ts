import { type AddressInfo, connect, createServer } from "node:net";
import { afterEach, expect, it } from "vitest";
import { Line } from "./line.ts";
import { noTrouble } from "./line-trouble.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

it("bytes that wait are not overtaken when the delay ends, nor by the end of the connection", async () => {
  const heard = new Promise<string>((resolve) => {
    const gateway = createServer((socket) => {
      let text = "";
      socket.on("data", (bytes: Buffer) => {
        text += bytes.toString();
      });
      socket.on("end", () => resolve(text));
      socket.on("error", () => resolve(`${text} and an error`));
    });
    closing.push(() => gateway.close());
    gateway.listen(0, "127.0.0.1", async () => {
      const line = new Line((gateway.address() as AddressInfo).port);
      const port = await line.listen();
      closing.push(() => line.close());
      const client = connect(port, "127.0.0.1");
      line.setTrouble({ ...noTrouble, delayMs: 200 });
      client.write("first ");
      while (line.hits === 0) await new Promise((later) => setTimeout(later, 1));
      line.setTrouble(noTrouble);
      client.end("second");
    });
  });
  expect(await heard).toBe("first second");
});
