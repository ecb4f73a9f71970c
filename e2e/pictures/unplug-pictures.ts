import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { withGateway } from "../gateway-process.ts";
import { breaksEachInTurn, Onlooker } from "../people/onlooker.ts";
import { type FilmOptions, film, writeFilm } from "./film.ts";
import { contextFor, imageFolder, looks, takePicture } from "./picture.ts";

/** README.md links it: at most 1.5 MB. */
const shape: FilmOptions = { widthPx: 1152, heightPx: 720, wantedBytes: 1_300_000, speed: 1.5 };

/** `/demo/unplug` while the gateway is dead. */
export async function takeUnplugPictures(browser: Browser): Promise<void> {
  await withGateway(async (gateway) => {
    for (const look of looks) {
      const onlooker = await Onlooker.comes({ demo: gateway.url, browser, context: contextFor(look) });
      await onlooker.opensThePage(look.language === "zh" ? "/demo/zh/unplug/" : "/demo/unplug/");
      await onlooker.turns("writing", true);
      await onlooker.seesMoreWritten(6);
      await onlooker.turns("gateway", true);
      await onlooker.seesWaiting(5);
      await takePicture(onlooker.page, "unplug", look);
      await onlooker.context.close();
    }
  });
}

/** `docs/images/unplug.webm`: what the end-to-end test of the page does. */
export async function takeUnplugFilm(browser: Browser): Promise<void> {
  await withGateway(async (gateway) => {
    const onlooker = await Onlooker.comes({ demo: gateway.url, browser });
    await onlooker.opensThePage();
    const frames = await film(onlooker.page, shape, () => breaksEachInTurn(onlooker));
    await onlooker.context.close();
    mkdirSync(imageFolder, { recursive: true });
    await writeFilm(browser, join(imageFolder, "unplug.webm"), frames, shape);
    process.stdout.write("unplug.webm\n");
  });
}
