import type { Paint } from "../palette.ts";
import { gaiters, moraine, screeShoes } from "./boots.ts";
import { brook, ember, tern } from "./cooking.ts";
import { cirque, kestrel, lichen } from "./jackets.ts";
import { heron24, plover12, skarv65 } from "./packs.ts";
import { type SceneName, scenes } from "./scene.ts";
import { fjell1, glade5, tarn2, tarn3 } from "./tents.ts";

type Drawing = { scene: SceneName; draw: (paint: Paint) => string };

/** Every product's drawing, by the product's slug. */
export const drawings = {
  "fjell-1": { scene: "ridge", draw: fjell1 },
  "tarn-2": { scene: "fells", draw: tarn2 },
  "tarn-3": { scene: "fells", draw: tarn3 },
  "glade-5": { scene: "lake", draw: glade5 },
  "skarv-65": { scene: "lake", draw: skarv65 },
  "heron-24": { scene: "lake", draw: heron24 },
  "plover-12": { scene: "lake", draw: plover12 },
  "moraine-gtx": { scene: "scree", draw: moraine },
  "scree-shoes": { scene: "scree", draw: screeShoes },
  "storm-gaiters": { scene: "scree", draw: gaiters },
  "cirque-shell": { scene: "ridge", draw: cirque },
  "kestrel-down": { scene: "ridge", draw: kestrel },
  "lichen-fleece": { scene: "ridge", draw: lichen },
  "ember-stove": { scene: "camp", draw: ember },
  "brook-pots": { scene: "camp", draw: brook },
  "tern-mug": { scene: "camp", draw: tern },
} satisfies Record<string, Drawing>;

export type Slug = keyof typeof drawings;

/** The inside of a product's picture, 640 by 430. */
export function picture(slug: Slug, paint: Paint): string {
  const { scene, draw } = drawings[slug];
  return `${scenes[scene](`sky-${slug}`)}${draw(paint)}`;
}

/** The picture as a file of its own. */
export function pictureFile(slug: Slug, paint: Paint): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 430">${picture(slug, paint)}</svg>\n`;
}
