const lines = 7;
const visitsPerLine = 18;

/** Visits as they lie in the table, as a quiet ground. Always the same ones: drawn from a fixed row of numbers. */
export function TrailField() {
  const next = numbers(7);
  return (
    <div class="trail-field" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} class="trail-field-line" style={{ marginInlineStart: `${Math.round(next() * 60) - 40}px` }}>
          {Array.from({ length: visitsPerLine }, (_, place) => (
            <Visit key={place} next={next} />
          ))}
        </div>
      ))}
    </div>
  );
}

function Visit({ next }: { next(): number }) {
  const pages = 1 + Math.floor(next() * 5);
  const buys = next() > 0.7;
  return (
    <span class="trail-bar" style={{ marginInlineEnd: `${24 + Math.round(next() * 40)}px` }}>
      {Array.from({ length: pages }, (_, place) => {
        const kind = buys && place >= pages - 2 ? "money" : place === pages - 1 ? "now" : "past";
        return (
          <span
            key={place}
            class={`trail-piece trail-${kind}`}
            style={{ inlineSize: `${6 + Math.round(next() * 26)}px` }}
          />
        );
      })}
      <span class="trail-end" />
    </span>
  );
}

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}
