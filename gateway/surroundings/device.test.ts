import { describe, expect, test } from "vitest";
import { deviceOf } from "./device.ts";

const webKit = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("what a User-Agent says", () => {
  test.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/144.0.0.0 Safari/537.36 Edg/144.0.0.0`,
      "Edge 144",
      "Windows",
      "desktop",
    ],
    [`Mozilla/5.0 (X11; Linux x86_64) ${webKit} Chrome/144.0.0.0 Safari/537.36`, "Chrome 144", "Linux", "desktop"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox 144", "Linux", "desktop"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
      "Safari 18",
      "iOS",
      "phone",
    ],
    ["Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)", "Internet Explorer 8", "Windows", "desktop"],
  ])("%s", (userAgent, browser, os, form) => {
    expect(deviceOf(userAgent)).toEqual({ browser, os, form, bot: false });
  });

  test.each([
    "",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    `Mozilla/5.0 (X11; Linux x86_64) ${webKit} HeadlessChrome/144.0.0.0 Safari/537.36`,
    "curl/8.5.0",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  ])("is no visitor: %s", (userAgent) => {
    expect(deviceOf(userAgent).bot).toBe(true);
  });

  test("nonsense of any length is somebody without a name", () => {
    expect(deviceOf("\u0000".repeat(100_000))).toMatchObject({ browser: "", bot: false });
  });
});
