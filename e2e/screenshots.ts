/** `npm run screenshots`: every screen in both languages and themes, on desk and phone, into docs/images/. */
import { chromium } from "@playwright/test";
import { launchOptions } from "./browser.ts";
import { takeAdminPictures } from "./pictures/admin-pictures.ts";
import { takeWidgetPictures } from "./pictures/widget-pictures.ts";

const browser = await chromium.launch(launchOptions);
try {
  await takeWidgetPictures(browser);
  await takeAdminPictures(browser);
} finally {
  await browser.close();
}
