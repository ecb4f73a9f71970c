import { get } from "node:http";
import { expect, test } from "vitest";
import { running, startGatewayBeforeAll } from "../testing/gateway-of-all-tests.ts";

startGatewayBeforeAll();

const browser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

/** As it is written: `fetch` would encode it. */
function pageAt(path: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    get(running.url, { path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    }).on("error", reject);
  });
}

test.each([
  ["en", "There is nothing here", {}],
  ["zh-CN", "这里什么也没有", { "accept-language": "zh-Hans-CN,zh;q=0.9,en;q=0.8" }],
])("who mistypes an address in a browser sees a page in their language: %s", async (language, title, headers) => {
  const response = await fetch(`${running.url}/admn/`, { headers: { ...browser, ...headers } });
  expect([response.status, response.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  const text = await response.text();
  expect(text).toContain(`<html lang="${language}">`);
  expect(text).toContain(`<h1>${title}</h1>`);
  expect(text).toContain("<code>/admn/</code>");
  expect(text).not.toMatch(/<script|<style|style=/);
});

test("nothing of the address is read as markup", async () => {
  const { status, text } = await pageAt("/<script>alert('&\")</script>", browser);
  expect(status).toBe(404);
  expect(text).toContain("<code>/&#60;script&#62;alert(&#39;&#38;&#34;)&#60;/script&#62;</code>");
  expect(text).not.toContain("<script");
});

test.each([
  ["a program", "/admn/", {}],
  ["whoever takes anything", "/admn/", { accept: "*/*" }],
  ["a browser at the API", "/api/v1/nothing", browser],
])("%s is told as JSON", async (_, path, headers) => {
  const response = await fetch(`${running.url}${path}`, { headers });
  expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/json; charset=utf-8"]);
  expect(await response.json()).toMatchObject({ error: { code: "not-found" } });
});

test("what is sent to no address is told as JSON", async () => {
  const response = await fetch(`${running.url}/admn/`, { method: "POST", headers: browser });
  expect(await response.json()).toMatchObject({ error: { code: "not-found" } });
});

test("browsers that ask for an icon get none, and no error", async () => {
  const response = await fetch(`${running.url}/favicon.ico`);
  expect([response.status, await response.text()]).toEqual([204, ""]);
});
