/** Shapes on a 16 px grid, drawn with the text's colour. State icons stand beside words or carry a `label`. */
const shapes = {
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  inbox: "M2 9.5V12a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V9.5M2 9.5 4 3.5h8l2 6M2 9.5h3.5c0 1.2 1 2 2.5 2s2.5-.8 2.5-2H14",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3 14 14",
  person: "M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8ZM3.3 13.5c.4-2.6 2.3-4 4.7-4s4.3 1.4 4.7 4",
  settings:
    "M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7M10.8 6.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM5.2 13.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z",
  down: "m4 6 4 4 4-4",
  right: "m6 4 4 4-4 4",
  left: "M10 3 5 8l5 5",
  up: "m4 10 4-4 4 4",
  close: "m4 4 8 8M12 4l-8 8",
  tick: "m3 8.5 3.2 3L13 4.8",
  ticks: "m1.5 8.5 3 3 6-6.7M8 11l.6.5 6-6.7",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6",
  closed: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.5 8.2l1.8 1.7 3.2-3.6",
  alert: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.6M8 10.8v.2",
  lock: "M4.5 7h7a1 1 0 0 1 1 1v4.5a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1ZM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  reply: "M6.5 3.5 2.5 7.5l4 4M2.5 7.5H9c2.8 0 4.5 1.7 4.5 5",
  filter: "M2 4.5h12M4.5 8h7M6.5 11.5h3",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  desktop: "M2.5 3h11a.5.5 0 0 1 .5.5v7a.5.5 0 0 1-.5.5h-11a.5.5 0 0 1-.5-.5v-7a.5.5 0 0 1 .5-.5ZM6 13.5h4",
  phone: "M5.5 1.8h5a1 1 0 0 1 1 1v10.4a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1V2.8a1 1 0 0 1 1-1ZM7.3 12h1.4",
  tablet: "M4 1.8h8a1 1 0 0 1 1 1v10.4a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V2.8a1 1 0 0 1 1-1ZM7.3 12h1.4",
  wave: "M13.5 8a5.5 5.5 0 1 1-2.6-4.7M10.8 8A2.8 2.8 0 1 1 8 5.2M8 8h.01",
  give: "M2.5 5h10M10 2.5 12.5 5 10 7.5M13.5 11h-10M6 8.5 3.5 11 6 13.5",
  leave: "M6.5 3h-3a.5.5 0 0 0-.5.5v9a.5.5 0 0 0 .5.5h3M10 5l3 3-3 3M13 8H6.5",
  pencil: "m3 13 .6-2.7 7-7a1 1 0 0 1 1.4 0l.7.7a1 1 0 0 1 0 1.4l-7 7L3 13Z",
  bin: "M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.5 8.5h6l.5-8.5",
  again: "M13 8a5 5 0 1 1-1.5-3.6M13 2.5v3h-3",
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 16, label }: { name: IconName; size?: number; label?: string }) {
  return (
    <svg
      class={`icon icon-${name}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width={name === "more" ? 2 : 1.4}
      stroke-linecap="round"
      stroke-linejoin="round"
      role={label === undefined ? undefined : "img"}
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
    >
      <path d={shapes[name]} />
    </svg>
  );
}

/** Filled shapes: the shield of a signed identity and the disc of a read message. */
export function FilledIcon({ name, size = 14, label }: { name: "shield" | "disc"; size?: number; label?: string }) {
  return (
    <svg
      class={`icon icon-${name}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role={label === undefined ? undefined : "img"}
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
    >
      {name === "disc" ? (
        <circle cx="8" cy="8" r="7" fill="currentColor" />
      ) : (
        <path
          fill="currentColor"
          d="M8 .8c1.9 1.3 4 2 6.2 2v5c0 3.7-2.7 6.1-6.2 7.4C4.5 13.9 1.8 11.5 1.8 7.8v-5c2.2 0 4.3-.7 6.2-2Z"
        />
      )}
      <path
        d="m5 8.2 2.1 2 3.9-4.3"
        fill="none"
        stroke="var(--canvas)"
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--tide-solid)" />
      <path
        d="M8 5v13M8 10h4a4 4 0 0 1 0 8H8"
        fill="none"
        stroke="var(--on-tide)"
        stroke-width="2.4"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
