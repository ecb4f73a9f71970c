import type { ComponentChildren } from "preact";

/** Says what is so, then what can be done. */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="empty-state">
      <h2>{title}</h2>
      <p>{text}</p>
      {children && <div class="empty-state-actions">{children}</div>}
    </div>
  );
}
