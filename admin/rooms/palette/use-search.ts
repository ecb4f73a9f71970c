import { useEffect, useState } from "preact/hooks";
import type { SearchPage } from "../../../protocol/api.ts";
import { useApp } from "../../components/use-app.ts";

export type SearchState =
  | { state: "idle" }
  | { state: "asking"; page: SearchPage | null }
  | { state: "failed" }
  | { state: "found"; page: SearchPage };

/** Typing pauses this long before the server is asked. */
const pauseMs = 200;
const leastCharacters = 2;

/** Words in messages and people, by the server. What was found stays while the next answer is on its way. */
export function useSearch(typed: string): { search: SearchState; again(): void } {
  const { api } = useApp();
  const [search, setSearch] = useState<SearchState>({ state: "idle" });
  const [round, setRound] = useState(0);
  const text = typed.trim();
  const wanted = [...text].length >= leastCharacters || /\p{Script=Han}/u.test(text);
  useEffect(() => {
    if (!wanted) {
      setSearch({ state: "idle" });
      return;
    }
    const abort = new AbortController();
    setSearch((present) => ({
      state: "asking",
      page: present.state === "found" || present.state === "asking" ? present.page : null,
    }));
    const timer = setTimeout(() => {
      void api.search(text, null, abort.signal).then((answer) => {
        if (!abort.signal.aborted) setSearch(answer.ok ? { state: "found", page: answer.value } : { state: "failed" });
      });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, text, wanted, round]);
  return { search, again: () => setRound(round + 1) };
}
