/** A small line without axes: the shape of the last minute. */

const WIDTH = 100;
const HEIGHT = 24;

function path(values: readonly number[]): string {
  const top = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length - 1);
  return values
    .map((value, at) => {
      const y = HEIGHT - 1 - (value / top) * (HEIGHT - 2);
      return `${at === 0 ? 'M' : 'L'}${(at * step).toFixed(2)} ${y.toFixed(2)}`;
    })
    .join('');
}

export function Sparkline(props: { readonly values: readonly number[] }) {
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="sparkline-area" d={`${path(props.values)}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} />
      <path class="sparkline-line" d={path(props.values)} />
    </svg>
  );
}
