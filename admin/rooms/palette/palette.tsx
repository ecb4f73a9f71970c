import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { SearchPage } from "../../../protocol/api.ts";
import { Icon, type IconName } from "../../components/icon.tsx";
import { KeyCap } from "../../components/key-cap.tsx";
import { Modal } from "../../components/modal.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import {
  conversationEntries,
  highlight,
  markPieces,
  matchingEntries,
  type PaletteEntry,
  visitorEntries,
} from "../../state/palette-entries.ts";
import { useSearch } from "./use-search.ts";

interface Choice {
  key: string;
  group: string;
  icon: IconName;
  label: { text: string; hit: boolean }[];
  detail: { text: string; hit: boolean }[];
  side?: string;
  run(): void;
}

/** Ctrl K: jump to a room or a conversation by name, find people, and words in messages. */
export function Palette() {
  const app = useApp();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const { search, again } = useSearch(typed);
  const t = app.texts.value.palette;
  const close = () => (app.paletteOpen.value = false);
  const page = search.state === "found" || search.state === "asking" ? ("page" in search ? search.page : null) : null;
  const choices = [...useJumps(typed), ...usePeople(page), ...useMessages(page)];
  const at = Math.min(chosen, Math.max(0, choices.length - 1));
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const run = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
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
            if (event.key === "ArrowDown") setChosen((at + 1) % Math.max(1, choices.length));
            else if (event.key === "ArrowUp") setChosen((at - 1 + choices.length) % Math.max(1, choices.length));
            else if (event.key === "Enter") run(choices[at]);
            else return;
            event.preventDefault();
          }}
        />
        <KeyCap name="Esc" />
      </div>
      <div ref={list} class="palette-list" role="listbox" id={`${id}-list`} aria-label={t.label}>
        {choices.map((choice, place) => (
          <div key={choice.key} role="presentation">
            {choice.group !== choices[place - 1]?.group && (
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
      {search.state === "found" && choices.length === 0 && <p class="palette-note">{t.nothing(typed.trim())}</p>}
      {search.state === "idle" && typed.trim() !== "" && choices.length === 0 && (
        <p class="palette-note">{t.nothing(typed.trim())}</p>
      )}
      {search.state === "found" && search.page.partial && <p class="palette-note">{t.partial}</p>}
      <footer class="palette-foot">
        <span aria-hidden="true">
          <KeyCap name="↑" /> <KeyCap name="↓" /> {app.texts.value.keys.choose}
        </span>
        <span aria-hidden="true">
          <KeyCap name="Enter" /> {app.texts.value.keys.doIt}
        </span>
        <span class="palette-count" role="status">
          {search.state === "asking" ? t.searching : search.state === "found" ? t.found(choices.length) : ""}
        </span>
      </footer>
    </Modal>
  );
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
  const { visitors, inbox, mayAdminister } = useDesk();
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
    ...(mayAdminister
      ? [
          {
            key: "settings",
            group: "goTo",
            label: t.rooms.settings,
            detail: "",
            route: { room: "settings" },
          } satisfies PaletteEntry,
        ]
      : []),
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
    label: markPieces(hit.snippet, hit.marks),
    detail: [
      { text: t.palette.in(hit.conversation.name || t.visitors.visitorHandle(hit.conversation.handle)), hit: false },
    ],
    side: format.value.stamp(hit.at, connection.clock.now()),
    run: () => router.go({ room: "conversation", id: hit.conversation.id, at: { log: hit.log, seq: hit.seq } }),
  }));
}
