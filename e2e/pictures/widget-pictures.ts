import type { Browser } from "@playwright/test";
import { phone } from "../browser.ts";
import { type GatewayProcess, withGateway } from "../gateway-process.ts";
import { Agent } from "../people/agent.ts";
import { Visitor } from "../people/visitor.ts";
import { contextFor, type Look, looks, takePicture } from "./picture.ts";

const words = {
  en: {
    product: "/demo/tents/tarn-2/",
    title: "Tarn 2 tent",
    invitation: "Hello. Are you looking for a tent for two? I have slept in most of them.",
    question: "I am. Does the Tarn stand in a storm?",
    answer: "In any storm, with the four storm pegs: https://northslope.example/pegs",
    more: "And is it warm enough for October in Norway?",
    unsent: "We leave on Friday",
  },
  zh: {
    product: "/demo/zh/tents/tarn-2/",
    title: "鳞峰 2 帐篷",
    invitation: "您好！在挑双人帐篷吗？这里的大多数我都睡过。",
    question: "是的，鳞峰能抗大风吗？",
    answer: "配上四根防风地钉就没问题：https://northslope.example/pegs",
    more: "十月去挪威够暖和吗？",
    unsent: "我们星期五出发",
  },
} as const;

/** What visitors see, in both languages, both themes, on desk and phone. */
export async function takeWidgetPictures(browser: Browser): Promise<void> {
  await withGateway(async (gateway) => {
    for (const look of looks) await nobodyHere(browser, gateway, look);
    const [login] = gateway.logins;
    if (login === undefined) throw new Error("no agent");
    const mei = await Agent.comes({ gateway: gateway.url, browser, login });
    await mei.signsIn();
    await mei.isIn();
    for (const look of looks) {
      await onTheDesk(browser, gateway, mei, look);
      await onThePhone(browser, gateway, mei, look);
    }
  });
}

async function nobodyHere(browser: Browser, gateway: GatewayProcess, look: Look): Promise<void> {
  const context = { ...contextFor(look), viewport: { width: 1180, height: 760 } };
  const visitor = await Visitor.comes({ shop: gateway.url, browser, context });
  await visitor.opens(words[look.language].product);
  await visitor.opensTheChat();
  await takePicture(visitor.page, "widget-nobody-here", look);
  await visitor.leaves();
}

async function onTheDesk(browser: Browser, gateway: GatewayProcess, mei: Agent, look: Look): Promise<void> {
  const { product, title, invitation, question, answer, more, unsent } = words[look.language];
  const context = { ...contextFor(look), viewport: { width: 1180, height: 760 } };
  const visitor = await Visitor.comes({ shop: gateway.url, browser, context });
  await visitor.opens(product);
  await visitor.launcher.waitFor();
  await takePicture(visitor.page, "widget-closed", look);
  await mei.goesTo("visitors");
  await mei.page.mouse.move(0, 0);
  await mei.invites(title, invitation);
  await visitor.isInvited("Mei Lin", invitation);
  await takePicture(visitor.page, "widget-invitation", look);
  await visitor.answersTheInvitation();
  await visitor.writes(question);
  await mei.opens(question);
  await mei.writes(answer);
  await visitor.sees(answer);
  await visitor.writes(more);
  await visitor.message(more).and(visitor.panel.locator(".read")).waitFor();
  await mei.types("…");
  await visitor.panel.locator(".typing").waitFor();
  await takePicture(visitor.page, "widget-open", look);
  await mei.field.fill("");
  await visitor.losesTheNetwork();
  await visitor.writes(unsent);
  await visitor.panel.locator(".trouble").waitFor();
  await takePicture(visitor.page, "widget-offline", look);
  await visitor.leaves();
}

async function onThePhone(browser: Browser, gateway: GatewayProcess, mei: Agent, look: Look): Promise<void> {
  const { product, question, answer } = words[look.language];
  const context = { ...phone, ...contextFor(look) };
  const visitor = await Visitor.comes({ shop: gateway.url, browser, context });
  await visitor.opens(product);
  await visitor.writes(question);
  await mei.goesTo("inbox");
  await mei.group("Waiting").getByRole("listitem").filter({ hasText: question }).click();
  await mei.takes();
  await mei.writes(answer);
  await visitor.message(question).and(visitor.panel.locator(".read")).waitFor();
  await visitor.sees(answer);
  await visitor.panel.locator(".typing").waitFor({ state: "hidden" });
  await takePicture(visitor.page, "widget-phone", look);
  await visitor.leaves();
}
