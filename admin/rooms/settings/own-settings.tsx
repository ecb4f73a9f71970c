import { useState } from "preact/hooks";
import { Field } from "../../components/field.tsx";
import { useApp, useDesk } from "../../components/use-app.ts";
import { SaveLine } from "./save-line.tsx";
import { useSaving } from "./use-saving.ts";

/** What everybody may change about themselves. */
export function OwnSettings() {
  return (
    <>
      <OwnName />
      <OwnPassword />
    </>
  );
}

function OwnName() {
  const { api, texts, refreshSession } = useApp();
  const { session } = useDesk();
  const [name, setName] = useState(session.agent.name);
  const saving = useSaving();
  const t = texts.value.settings;
  const submit = async () => {
    if (await saving.save(api.changeOwn({ name: name.trim() }))) await refreshSession();
  };
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field
        label={t.ownName}
        value={name}
        hint={t.ownNameHint}
        error={saving.error("name")}
        onInput={(value) => {
          setName(value);
          saving.edited();
        }}
      />
      <SaveLine saving={saving} fields={["name"]} label={t.changeName} done={t.saved} />
    </form>
  );
}

function OwnPassword() {
  const { api, texts } = useApp();
  const { session } = useDesk();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const saving = useSaving();
  const t = texts.value.settings;
  const submit = async () => {
    if (!(await saving.save(api.changeOwn({ password: { current, next } })))) return;
    setCurrent("");
    setNext("");
  };
  const edited = (set: (value: string) => void) => (value: string) => {
    set(value);
    saving.edited();
  };
  return (
    <form
      class="settings-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <h3>{t.changePassword}</h3>
      {/* Password managers ask whose it is. */}
      <input type="text" autocomplete="username" value={session.agent.email} hidden readOnly />
      <Field
        label={t.presentPassword}
        type="password"
        value={current}
        onInput={edited(setCurrent)}
        error={saving.error("password.current")}
        autoComplete="current-password"
      />
      <Field
        label={t.newPassword}
        type="password"
        value={next}
        onInput={edited(setNext)}
        hint={t.newPasswordHint}
        error={saving.error("password.next")}
        autoComplete="new-password"
      />
      <SaveLine
        saving={saving}
        fields={["password.current", "password.next"]}
        label={t.changePassword}
        done={t.passwordChanged}
        disabled={current === "" || next === ""}
      />
    </form>
  );
}
