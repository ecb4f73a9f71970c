/** Search over messages, notes and people. */
import type { SearchPage } from "../../../protocol/api.ts";
import type { SearchRequest } from "../../../storage/storage.ts";
import { ApiFailure } from "../api-error.ts";
import { ok, type Route } from "../route.ts";
import * as schemas from "../schemas.ts";
import { conversationInfo } from "./conversation-routes.ts";
import type { ApiPorts } from "./ports.ts";
import { readableSites } from "./readable-sites.ts";
import { createSearchLimit } from "./search-limit.ts";
import { snippetOf } from "./snippet.ts";

export const maxQueryChars = 200;
/** Then what was found is shown, and the rest is asked for with `before`. */
export const searchWithinMs = 2000;
const hitsPerPage = 30;

export function searchRoutes(ports: ApiPorts): Route[] {
  const limit = createSearchLimit();
  return [
    {
      method: "GET",
      path: "/api/v1/search",
      summary: "Words in messages and notes, names, e-mail addresses and attributes of visitors",
      access: "signed-in",
      action: "read-conversations",
      query: { q: `what is looked for, 1 to ${maxQueryChars} characters`, before: "`next` of the page before" },
      answer: schemas.searchPage,
      status: 200,
      async handle({ query }, who) {
        const text = (query.get("q") ?? "").trim();
        if (text === "" || text.length > maxQueryChars)
          throw new ApiFailure("invalid", `q: has 1 to ${maxQueryChars} characters`, { field: "q" });
        const before = query.get("before");
        if (before !== null && before.length > 200)
          throw new ApiFailure("invalid", "before: is no cursor", { field: "before" });
        const sites = readableSites(ports.core.directory, who.agent);
        if (sites.size === 0) return ok({ hits: [], people: [], next: null, partial: false } satisfies SearchPage);
        const { tenant, id } = who.agent;
        const request: SearchRequest = {
          tenant,
          text,
          sites: [...sites],
          limit: hitsPerPage,
          withinMs: searchWithinMs,
          ...(before === null || before === "" ? {} : { before }),
        };
        const found = await limit.run(tenant, id, () => ports.storage.search(request));
        const conversations = new Map<string, Awaited<ReturnType<typeof ports.storage.conversation>>>();
        for (const id of new Set(found.hits.map((hit) => hit.conversation)))
          conversations.set(id, await ports.storage.conversation(who.agent.tenant, id));
        const page: SearchPage = { hits: [], people: [], next: found.next, partial: found.partial };
        for (const hit of found.hits) {
          const conversation = conversations.get(hit.conversation);
          if (conversation === undefined || conversation === null || !sites.has(conversation.site)) continue;
          page.hits.push({
            conversation: conversationInfo(ports, who, conversation),
            log: hit.log,
            seq: hit.seq,
            at: hit.at,
            side: hit.sender,
            sender: hit.name,
            ...snippetOf(hit.text, text),
          });
        }
        page.people = found.people.map((person) => ({ ...person, handle: ports.core.handleOf(person.visitor) }));
        return ok(page);
      },
    },
  ];
}
