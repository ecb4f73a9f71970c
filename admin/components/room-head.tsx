import type { ComponentChildren } from "preact";

/** The 48 px on top of a room: its name, what is so, what can be done. */
export function RoomHead({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <header class="room-head">
      <h1>{title}</h1>
      {children}
      {actions && <div class="room-actions">{actions}</div>}
    </header>
  );
}
