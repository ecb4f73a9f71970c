const width = 44;
const height = 10;

/** The last round trips as a line; never mirrored, newest at the right. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) return null;
  const top = Math.max(...values);
  const bottom = Math.min(...values);
  const range = Math.max(top - bottom, top * 0.3, 1);
  const points = values.map((value, place) => {
    const x = (place / (values.length - 1)) * width;
    const y = height - 2 - ((value - bottom) / range) * (height - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg class="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="var(--tide)"
        stroke-width="1.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
