import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Mark } from "../../components/icon.tsx";
import { useApp } from "../../components/use-app.ts";

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
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<{ email?: string; password?: string; all?: string }>({});
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => (knownEmail === "" ? emailField : passwordField).current?.focus(), []);
  const t = app.texts.value.signIn;

  const submit = async () => {
    if (busy) return;
    if (email.trim() === "") {
      setErrors({ email: t.emailMissing });
      emailField.current?.focus();
      return;
    }
    if (password === "") {
      setErrors({ password: t.passwordMissing });
      passwordField.current?.focus();
      return;
    }
    setBusy(true);
    setErrors({});
    const answer = await app.signIn(email.trim(), password);
    setBusy(false);
    if (answer.ok) return;
    if (answer.code === "rate") setErrors({ all: t.later(app.format.value.age(answer.retryAfterMs ?? 60_000)) });
    else if (answer.code === "offline" || answer.code === "internal" || answer.code === "busy")
      setErrors({ all: t.unreachable });
    else {
      setErrors({ password: t.wrong });
      passwordField.current?.focus();
      passwordField.current?.select();
    }
  };
  return (
    <form
      class="sign-in-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Mark size={36} />
      <h1>{title}</h1>
      <p>{text}</p>
      <Field
        label={t.email}
        type="email"
        value={email}
        onInput={setEmail}
        error={errors.email}
        autoComplete="username"
        elementRef={emailField}
      />
      <Field
        label={t.password}
        type="password"
        value={password}
        onInput={setPassword}
        error={errors.password}
        autoComplete="current-password"
        elementRef={passwordField}
      />
      {errors.all && (
        <p class="field-error" role="alert">
          {errors.all}
        </p>
      )}
      <Button kind="main" submit wide disabled={busy}>
        {busy ? t.submitting : t.submit}
      </Button>
    </form>
  );
}
