/** `npm run screenshots`: every screen in both languages and themes, on desk and phone, into docs/images/; and the film of /demo/unplug. */
import { chromium } from "@playwright/test";
import { launchOptions } from "./browser.ts";
import { takeAdminPictures } from "./pictures/admin-pictures.ts";
import { takeUnplugFilm, takeUnplugPictures } from "./pictures/unplug-pictures.ts";
import { takeWidgetPictures } from "./pictures/widget-pictures.ts";

const browser = await chromium.launch(launchOptions);
try {
  await takeWidgetPictures(browser);
  await takeAdminPictures(browser);
  await takeUnplugPictures(browser);
  await takeUnplugFilm(browser);
} finally {
  await browser.close();
}
