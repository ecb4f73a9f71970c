/** A key, printed where it works. Screen readers hear the button's own name, not its key. */
export function KeyCap({ name }: { name: string }) {
  return (
    <span class="key-cap" aria-hidden="true">
      {name}
    </span>
  );
}
