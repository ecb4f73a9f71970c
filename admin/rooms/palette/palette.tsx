import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { SearchPage } from "../../../protocol/api.ts";
import { IconButton } from "../../components/button.tsx";
import { Icon, type IconName } from "../../components/icon.tsx";
import { KeyCap } from "../../components/key-cap.tsx";
import { Modal } from "../../components/modal.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { phoneQuery, useMedia } from "../../components/use-width.ts";
import {
  conversationEntries,
  highlight,
  markPieces,
  matchingEntries,
  type PaletteEntry,
  visitorEntries,
} from "../../state/palette-entries.ts";
import type { Texts } from "../../texts/catalogues.ts";
import { type SearchRest, useSearch } from "./use-search.ts";

interface Choice {
  key: string;
  group: string;
  icon: IconName;
  /** Whose conversation a message stands in: a column of its own, however long the message is. */
  who?: string;
  label: { text: string; hit: boolean }[];
  detail: { text: string; hit: boolean }[];
  side?: string;
  /** The palette stays open. */
  stays?: true;
  run(): void;
}

/** The next page is asked for when fewer choices, or pixels, than these are left below. */
const nearEndChoices = 4;
const nearEndPixels = 160;

/** Ctrl K: jump to a room or a conversation by name, find people, and words in messages. */
export function Palette() {
  const app = useApp();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const { search, again, more } = useSearch(typed);
  const phone = useMedia(phoneQuery);
  const t = app.texts.value.palette;
  const close = () => (app.paletteOpen.value = false);
  const page = search.state === "found" || search.state === "asking" ? search.page : null;
  const rest = search.state === "found" ? search.rest : "none";
  const found = [...useJumps(typed), ...usePeople(page), ...useMessages(page)];
  const choices = [...found, ...goOn(rest, t, more)];
  const at = Math.min(chosen, Math.max(0, choices.length - 1));
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const near = () => {
    const element = list.current;
    if (rest !== "next" || !element) return;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    if (below < nearEndPixels || at >= choices.length - nearEndChoices) more();
  };
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  // After what was found is drawn: it may be less than the list is high.
  useLayoutEffect(near, [at, search]);
  const move = (step: 1 | -1) => {
    const next = at + step;
    // Where more is to come the end is no end: the choice goes on when it is there.
    if (next >= choices.length && rest !== "next" && rest !== "asking") setChosen(0);
    else setChosen(next < 0 ? choices.length - 1 : next);
  };
  const run = (choice: Choice | undefined) => {
    if (!choice) return;
    if (!choice.stays) close();
    choice.run();
  };
  return (
    <Modal label={t.label} close={close} class="palette">
      <div class="palette-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={choices.length > 0 ? `${id}-${at}` : undefined}
          aria-label={t.label}
          placeholder={t.placeholder}
          value={typed}
          spellcheck={false}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={(event) => {
            if (event.isComposing) return;
            if (event.key === "ArrowDown") move(1);
            else if (event.key === "ArrowUp") move(-1);
            else if (event.key === "Enter") run(choices[at]);
            else return;
            event.preventDefault();
          }}
        />
        {phone ? <IconButton icon="close" label={app.texts.value.peek.close} onClick={close} /> : <KeyCap name="Esc" />}
      </div>
      <div
        ref={list}
        class="palette-list"
        role="listbox"
        id={`${id}-list`}
        aria-label={t.label}
        aria-busy={rest === "asking"}
        onScroll={near}
      >
        {choices.map((choice, place) => (
          <div key={choice.key} role="presentation">
            {choice.group !== "" && choice.group !== choices[place - 1]?.group && (
              <div class="palette-group" role="presentation">
                {choice.group}
              </div>
            )}
            <div
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === at}
              class="palette-line"
              onClick={() => run(choice)}
              onPointerMove={() => place !== at && setChosen(place)}
            >
              <Icon name={choice.icon} size={14} />
              {choice.who !== undefined && (
                <span class="palette-who cut" dir="auto">
                  {choice.who}
                </span>
              )}
              <span class="palette-text cut" dir="auto">
                <Pieces pieces={choice.label} />
                {choice.detail.length > 0 && (
                  <span class="palette-detail">
                    <Pieces pieces={choice.detail} />
                  </span>
                )}
              </span>
              {choice.side !== undefined && <span class="palette-side">{choice.side}</span>}
            </div>
          </div>
        ))}
      </div>
      {search.state === "failed" && (
        <button type="button" class="palette-note palette-again" onClick={again}>
          {t.failed}
        </button>
      )}
      {found.length === 0 && (search.state === "found" || (search.state === "idle" && typed.trim() !== "")) && (
        <p class="palette-note">
          {rest === "none" || rest === "unreachable" ? t.nothing(typed.trim()) : t.nothingYet(typed.trim())}
        </p>
      )}
      {rest === "unreachable" && <p class="palette-note">{t.partial}</p>}
      <footer class="palette-foot">
        <span class="palette-keys" aria-hidden="true">
          <KeyCap name="↑" /> <KeyCap name="↓" /> {app.texts.value.keys.choose}
        </span>
        <span class="palette-keys" aria-hidden="true">
          <KeyCap name="Enter" /> {app.texts.value.keys.doIt}
        </span>
        <span class="palette-count" role="status">
          {search.state === "asking" || rest === "asking"
            ? t.searching
            : search.state === "found"
              ? rest === "none"
                ? t.found(found.length)
                : t.foundSoFar(found.length)
              : ""}
        </span>
      </footer>
    </Modal>
  );
}

/** The way on, where the server stopped before the end. */
function goOn(rest: SearchRest, t: Texts["palette"], more: () => void): Choice[] {
  if (rest !== "older" && rest !== "failed") return [];
  const text = rest === "older" ? t.searchOlder : t.failed;
  return [{ key: "more", group: "", icon: "again", label: [{ text, hit: false }], detail: [], stays: true, run: more }];
}

function Pieces({ pieces }: { pieces: readonly { text: string; hit: boolean }[] }) {
  return <>{pieces.map((piece, place) => (piece.hit ? <mark key={place}>{piece.text}</mark> : piece.text))}</>;
}

const groupIcons: { readonly [group in PaletteEntry["group"]]: IconName } = {
  goTo: "right",
  conversations: "inbox",
  onSite: "eye",
};

function useJumps(typed: string): Choice[] {
  const app = useApp();
  const { visitors, inbox } = useDesk();
  const t = app.texts.value;
  const { waiting, mine, others, closed } = inbox.value;
  const here = visitors.value;
  const rooms: PaletteEntry[] = [
    {
      key: "visitors",
      group: "goTo",
      label: t.rooms.visitors,
      detail: t.palette.now(here.length),
      route: { room: "visitors", scope: "all" },
    },
    { key: "inbox", group: "goTo", label: t.rooms.inbox, detail: "", route: { room: "inbox", group: null } },
    {
      key: "waiting",
      group: "goTo",
      label: t.sidebar.waiting,
      detail: t.palette.now(waiting.length),
      route: { room: "inbox", group: "waiting" },
    },
    {
      key: "checkout",
      group: "goTo",
      label: t.sidebar.atCheckout,
      detail: "",
      route: { room: "visitors", scope: "checkout" },
    },
    {
      key: "returning",
      group: "goTo",
      label: t.sidebar.returning,
      detail: "",
      route: { room: "visitors", scope: "returning" },
    },
    { key: "settings", group: "goTo", label: t.rooms.settings, detail: "", route: { room: "settings" } },
  ];
  const unnamed = t.visitors.visitorHandle;
  const entries = [
    ...conversationEntries([...waiting, ...mine, ...others, ...closed], unnamed),
    ...visitorEntries(here, unnamed),
    ...rooms,
  ];
  return matchingEntries(entries, typed).map((entry) => ({
    key: entry.key,
    group: t.palette[entry.group],
    icon: groupIcons[entry.group],
    label: highlight(entry.label, typed),
    detail: highlight(entry.detail, typed),
    run: () => {
      if ("room" in entry.route) return app.router.go(entry.route);
      app.router.go({ room: "visitors", scope: "all" });
      app.peeked.value = entry.route.visitor;
    },
  }));
}

function usePeople(page: SearchPage | null): Choice[] {
  const { texts, format, router } = useApp();
  const { connection } = useDesk();
  const t = texts.value;
  return (page?.people ?? []).flatMap((person): Choice[] => {
    const { conversation } = person;
    if (conversation === null) return [];
    return [
      {
        key: `person:${person.visitor}`,
        group: t.palette.people,
        icon: "person",
        label: [{ text: person.name || t.visitors.visitorHandle(person.handle), hit: false }],
        detail: [{ text: person.matched || person.email || "", hit: false }],
        side: format.value.stamp(person.lastSeenAt, connection.clock.now()),
        run: () => router.go({ room: "conversation", id: conversation, at: null }),
      },
    ];
  });
}

function useMessages(page: SearchPage | null): Choice[] {
  const { texts, format, router } = useApp();
  const { connection } = useDesk();
  const t = texts.value;
  return (page?.hits ?? []).map((hit) => ({
    key: `message:${hit.conversation.id}:${hit.log}:${hit.seq}`,
    group: t.palette.messages,
    icon: hit.log === "staff" ? "lock" : "search",
    who: hit.conversation.name || t.visitors.visitorHandle(hit.conversation.handle),
    label: markPieces(hit.snippet, hit.marks),
    detail: [],
    side: format.value.stamp(hit.at, connection.clock.now()),
    run: () => router.go({ room: "conversation", id: hit.conversation.id, at: { log: hit.log, seq: hit.seq } }),
  }));
}
