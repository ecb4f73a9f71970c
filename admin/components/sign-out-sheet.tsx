import { useEffect, useState } from "preact/hooks";
import { Button } from "./button.tsx";
import { Modal } from "./modal.tsx";
import { useApp, useDesk } from "./use-app.ts";

/** What is unsent gets this long to go out before the device is wiped. */
const lastChanceMs = 5000;

/** Nothing unsent: goes at once. Otherwise says what would be lost and lets one stay. */
export function SignOutSheet() {
  const app = useApp();
  const { connection } = useDesk();
  const [leaving, setLeaving] = useState(false);
  const t = app.texts.value.signOut;
  const { unsent } = connection.status.value;
  const leave = (maxMs: number) => {
    setLeaving(true);
    void app.signOut(maxMs);
  };
  useEffect(() => {
    if (connection.status.peek().unsent === 0) leave(0);
  }, []);
  if (unsent === 0 && !leaving) return null;
  return (
    <Modal label={t.title} close={() => (app.signOutOpen.value = false)}>
      <div class="modal-body">
        <h2>{t.title}</h2>
        <p>{leaving ? t.sending : t.unsent(unsent)}</p>
      </div>
      {!leaving && (
        <div class="modal-actions">
          <Button kind="quiet" onClick={() => (app.signOutOpen.value = false)}>
            {t.stay}
          </Button>
          <Button kind="hot" onClick={() => leave(lastChanceMs)}>
            {t.anyway}
          </Button>
        </div>
      )}
    </Modal>
  );
}
