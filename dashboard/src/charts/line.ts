/** A line through points from 0 to 1 as an SVG path, and a round number above the highest. Pure. */

/** Farther apart than this share of the width, two points are not joined: between them nothing is known. */
const HOLE = 0.05;

export function linePath(
  points: readonly (readonly [number, number])[],
  width: number,
  height: number,
): string {
  let before: number | null = null;
  return points
    .map(([x, y]) => {
      const joined = before !== null && x - before <= HOLE;
      before = x;
      return `${joined ? 'L' : 'M'}${(x * width).toFixed(1)} ${((1 - y) * height).toFixed(1)}`;
    })
    .join('');
}

/** 1, 2 or 5 times a power of ten, at or above the value. */
export function niceTop(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((times) => times * power).find((top) => top >= value) ?? value;
}
