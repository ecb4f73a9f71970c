import { useEffect, useRef, useState } from "preact/hooks";
import type { SearchPage } from "../../../protocol/api.ts";
import { useApp } from "../../components/use-app.ts";

export type SearchState =
  | { state: "idle" }
  /** `page`: what the words before found. */
  | { state: "asking"; page: SearchPage | null }
  | { state: "failed" }
  | { state: "found"; page: SearchPage; rest: SearchRest };

/**
 * What has not been looked at. `none`: nothing. `next`: another page. `older`: the server stopped at its limit and goes on when it is
 * asked. `unreachable`: it stopped and cannot go on.
 */
export type SearchRest = "none" | "next" | "older" | "unreachable" | "asking" | "failed";

/** Typing pauses this long before the server is asked. */
const pauseMs = 200;
const leastCharacters = 2;

export interface Search {
  search: SearchState;
  /** After `failed`. */
  again(): void;
  /** The next page, after those that are there; does nothing while one is on its way or none is left. */
  more(): void;
}

/** Words in messages and people, by the server. What was found stays while the next answer is on its way. */
export function useSearch(typed: string): Search {
  const { api } = useApp();
  const [search, setSearch] = useState<SearchState>({ state: "idle" });
  const [round, setRound] = useState(0);
  const present = useRef<AbortController | null>(null);
  const text = typed.trim();
  const wanted = [...text].length >= leastCharacters || /\p{Script=Han}/u.test(text);
  useEffect(() => {
    if (!wanted) {
      setSearch({ state: "idle" });
      return;
    }
    const abort = new AbortController();
    present.current = abort;
    setSearch((before) => ({
      state: "asking",
      page: before.state === "found" || before.state === "asking" ? before.page : null,
    }));
    const timer = setTimeout(() => {
      void api.search(text, null, abort.signal).then((answer) => {
        if (!abort.signal.aborted) setSearch(answer.ok ? found(answer.value) : { state: "failed" });
      });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, text, wanted, round]);
  const more = () => {
    const abort = present.current;
    if (abort === null || search.state !== "found" || search.page.next === null || search.rest === "asking") return;
    const { page } = search;
    setSearch({ ...search, rest: "asking" });
    void api.search(text, page.next, abort.signal).then((answer) => {
      if (abort.signal.aborted) return;
      setSearch(
        answer.ok
          ? found({ ...answer.value, people: page.people, hits: [...page.hits, ...answer.value.hits] })
          : { state: "found", page, rest: "failed" },
      );
    });
  };
  return { search, again: () => setRound(round + 1), more };
}

function found(page: SearchPage): SearchState {
  if (page.next === null) return { state: "found", page, rest: page.partial ? "unreachable" : "none" };
  return { state: "found", page, rest: page.partial ? "older" : "next" };
}
