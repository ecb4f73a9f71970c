import type { ComponentChildren } from "preact";

/** Sent by the page itself, which also says in its own words what is wrong in it. */
export function Form({
  class: name,
  submit,
  children,
}: {
  class: string;
  submit(): void;
  children: ComponentChildren;
}) {
  return (
    <form
      class={name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
    </form>
  );
}
