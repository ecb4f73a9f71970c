import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Form } from "../../components/form.tsx";
import { Mark } from "../../components/icon.tsx";
import { useApp } from "../../components/use-app.ts";
import { useSaving } from "../../components/use-saving.ts";

export interface SignInFormProps {
  title: string;
  text: string;
  /** Known where only the session has ended. */
  email?: string;
}

export function SignInForm({ title, text, email: knownEmail = "" }: SignInFormProps) {
  const app = useApp();
  const [email, setEmail] = useState(knownEmail);
  const [password, setPassword] = useState("");
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => (knownEmail === "" ? emailField : passwordField).current?.focus(), []);
  const t = app.texts.value.signIn;

  const saving = useSaving(({ code, retryAfterMs = 60_000 }) => {
    if (code === "rate") return { field: "", text: t.later(app.format.value.age(retryAfterMs)) };
    if (code === "offline" || code === "internal" || code === "busy") return { field: "", text: t.unreachable };
    return { field: "password", text: t.wrong };
  });
  const busy = saving.state === "saving";
  const { error, wrong } = saving;
  const rest = saving.rest(["email", "password"]);

  useLayoutEffect(() => {
    if (wrong?.field === "email") emailField.current?.focus();
    if (wrong?.field !== "password") return;
    passwordField.current?.focus();
    passwordField.current?.select();
  }, [wrong]);

  const submit = () => {
    if (busy) return;
    if (email.trim() === "") saving.refuse({ field: "email", text: t.emailMissing });
    else if (password === "") saving.refuse({ field: "password", text: t.passwordMissing });
    else void saving.save(app.signIn(email.trim(), password));
  };
  return (
    <Form class="sign-in-form" submit={submit}>
      <Mark size={36} />
      <h1>{title}</h1>
      <p>{text}</p>
      <Field
        label={t.email}
        type="email"
        value={email}
        onInput={setEmail}
        error={error("email")}
        autoComplete="username"
        elementRef={emailField}
      />
      <Field
        label={t.password}
        type="password"
        value={password}
        onInput={setPassword}
        error={error("password")}
        autoComplete="current-password"
        elementRef={passwordField}
      />
      {rest && (
        <p class="field-error" role="alert">
          {rest}
        </p>
      )}
      <Button kind="main" submit wide disabled={busy}>
        {busy ? t.submitting : t.submit}
      </Button>
    </Form>
  );
}
