import { IconButton } from "./button.tsx";
import { KeyCap } from "./key-cap.tsx";
import { Modal } from "./modal.tsx";
import { useApp } from "./use-app.ts";

/** All keys on one sheet (`?`). */
export function KeysSheet() {
  const app = useApp();
  const t = app.texts.value.keys;
  const close = () => (app.keysOpen.value = false);
  const groups: readonly { title: string; keys: readonly [string, string][] }[] = [
    {
      title: t.everywhere,
      keys: [
        ["Ctrl K", t.search],
        ["G V", t.goVisitors],
        ["G I", t.goInbox],
        ["?", t.all],
        ["Esc", t.back],
      ],
    },
    {
      title: t.visitors,
      keys: [
        ["J K", t.move],
        ["Space", t.peek],
        ["Enter", t.open],
        ["I", t.invite],
        ["F", t.filter],
      ],
    },
    {
      title: t.conversations,
      keys: [
        ["J K", t.nextPrevious],
        ["Enter", t.open],
        ["R", t.reply],
        ["N", t.note],
        ["T", t.take],
        ["E", t.close],
      ],
    },
    {
      title: t.writing,
      keys: [
        ["Enter", t.send],
        ["Shift Enter", t.newLine],
        ["Esc", t.back],
      ],
    },
  ];
  return (
    <Modal label={t.title} close={close} class="keys-sheet">
      <div class="modal-body">
        <header class="keys-head">
          <h2>{t.title}</h2>
          <IconButton icon="close" label={app.texts.value.dismiss} onClick={close} />
        </header>
        <p>{t.about}</p>
        <div class="keys-groups">
          {groups.map((group) => (
            <section key={group.title}>
              <h3>{group.title}</h3>
              <dl>
                {group.keys.map(([keys, text]) => (
                  <div key={keys}>
                    <dt>
                      {keys.split(" ").map((key) => (
                        <KeyCap key={key} name={key} />
                      ))}
                      <span class="unseen">{keys}</span>
                    </dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Modal>
  );
}
