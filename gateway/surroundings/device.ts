/** What a User-Agent header says. It is not believed for anything but a line in a table and the door for crawlers. */
import Bowser from "bowser";
import type { Device } from "../../protocol/rows.ts";

/** Crawlers, previews, monitors and headless browsers by their own words. */
const botPattern =
  /bot\b|bot\/|crawl|spider|slurp|preview|headless|lighthouse|pagespeed|phantomjs|puppeteer|playwright|selenium|monitor|pingdom|uptime|facebookexternalhit|embedly|curl\/|wget\/|python-requests|python-urllib|java\/|libwww|httpclient|go-http-client|node-fetch|axios\//i;

/** As people say them, and as they fit into a column. */
const shortNames: Readonly<Record<string, string>> = {
  "Microsoft Edge": "Edge",
  "Samsung Internet for Android": "Samsung Internet",
  "Android Browser": "Android",
  "Google Search": "Google app",
};

const remembered = new Map<string, Device & { bot: boolean }>();
const maxRemembered = 1000;

export function deviceOf(userAgent: string): Device & { bot: boolean } {
  const known = remembered.get(userAgent);
  if (known !== undefined) return known;
  const device = readDevice(userAgent.slice(0, 512));
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(userAgent, device);
  return device;
}

function readDevice(userAgent: string): Device & { bot: boolean } {
  if (userAgent === "") return { browser: "", os: "", form: "desktop", bot: true };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const major = (browser.version ?? "").split(".")[0] ?? "";
  return {
    browser: [shortNames[browser.name ?? ""] ?? browser.name ?? "", major].filter((part) => part !== "").join(" "),
    os: os.name ?? "",
    form: platform.type === "mobile" ? "phone" : platform.type === "tablet" ? "tablet" : "desktop",
    bot: botPattern.test(userAgent),
  };
}
