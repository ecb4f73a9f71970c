import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The rules that see colours; the others find the same on a page that only its colour scheme tells apart. */
const colorRules = ["color-contrast", "link-in-text-block"];

export interface Judged {
  /** Ours on a page that is somebody else's, whose landmarks and headings are not ours to judge. */
  within?: string;
  /** Default all; `colors` for the second colour scheme of what was judged whole in the first. */
  rules?: "all" | "colors";
}

/** What axe finds against a page and its frames, each with its place; nothing if all is well. */
export async function findBarriers(page: Page, { within, rules = "all" }: Judged = {}): Promise<string[]> {
  // Only what is wrong is described: to describe all that is right costs many times the search itself.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (rules === "colors") builder.withRules(colorRules);
  else builder.withTags(within === undefined ? [...wcag, "best-practice"] : wcag);
  if (within !== undefined) builder.include(within);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, target }) => `${id}: ${target.join(" ")} ${html.slice(0, 160)}`),
  );
}
