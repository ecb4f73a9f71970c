/** The snippet's script: `<script async src="https://HOST/beckon.js" data-site="KEY"></script>`. */
import { isBot } from "../tracking/bots.ts";
import { whenShown } from "../tracking/visibility.ts";
import { type App, createApp } from "./app.ts";
import { giveBack, takeOver } from "./commands.ts";
import { findScriptTag } from "./script-tag.ts";
import * as shared from "./shared.ts";

const tag = findScriptTag();
let app: App | null = null;
let waiting: { command: string; values: unknown[] }[] = [];

const ours = takeOver(shared, (command, values) => {
  if (app) app.run(command, values);
  else waiting.push({ command, values });
});

if (ours && tag && !isBot(tag.automation)) {
  whenShown(() => {
    app = createApp(tag, giveBack);
    const calls = waiting;
    waiting = [];
    for (const { command, values } of calls) app.run(command, values);
  });
}
