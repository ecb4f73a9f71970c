import type { Page } from "@playwright/test";
import { findBarriers } from "../barriers.ts";
import { phone } from "../browser.ts";
import { expect, test } from "../house.ts";

// The agents' page is judged in admin/rooms/accessibility.test.ts, where a screen costs no shop, visitor and sign-in.
test.use({ gatewayFor: "own" });

test("axe finds no barrier in the widget: launcher, invitation, panel, phone, in light and dark", async ({
  people,
}) => {
  const mei = await people.mei();
  // The widget takes the colours of its accent when it is drawn: each scheme has a visitor of its own.
  for (const { colorScheme, path, title } of [
    { colorScheme: "light", path: "/demo/tents/tarn-2/", title: "Tarn 2 tent" },
    { colorScheme: "dark", path: "/demo/cooking/", title: "Cooking" },
  ] as const) {
    const expectNoBarriers = async (page: Page, state: string, frame: string) => {
      const rules = colorScheme === "light" ? "all" : "colors";
      expect(await findBarriers(page, { within: `iframe[${frame}]`, rules }), `${state}, ${colorScheme}`).toEqual([]);
    };
    const text = `https://shop.example/${colorScheme}`;
    const visitor = await people.visitor({ colorScheme });
    await visitor.opens(path);
    await expect(visitor.launcher).toBeVisible();
    await expectNoBarriers(visitor.page, "closed", "title='Open chat'");
    await mei.goesTo("visitors");
    await mei.invites(title, "May I help?");
    await visitor.isInvited("Mei Lin", "May I help?");
    await expectNoBarriers(visitor.page, "invitation", "title^='Message from'");
    await visitor.answersTheInvitation();
    await visitor.writes(text);
    await visitor.seesItsMessageAs("Sent", text);
    await mei.opens(text);
    await mei.types("Well");
    await visitor.sees("Mei is writing");
    await expectNoBarriers(visitor.page, "open", "title='Northslope'");
    await visitor.leaves();

    const walker = await people.visitorWhoWrote("/demo/tents/", "On the phone", { ...phone, colorScheme });
    await walker.seesItsMessageAs("Sent", "On the phone");
    await expectNoBarriers(walker.page, "phone", "title='Northslope'");
    await walker.leaves();
  }
});
