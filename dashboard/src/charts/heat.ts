/** Cells of a heat strip as one SVG path a shade: five shades can be told apart, more cannot. Pure. */

export const SHADES = [0.22, 0.42, 0.62, 0.82, 1] as const;

/** The shade of a value, or -1 for none: the root, so that a little beside much is still seen. */
export function shadeOf(value: number, top: number): number {
  if (value <= 0 || top <= 0) return -1;
  return Math.min(SHADES.length - 1, Math.floor(Math.sqrt(value / top) * SHADES.length));
}

/** In a box of as many by 1. */
export function heatPaths(values: readonly number[], top: number): readonly string[] {
  const paths = SHADES.map(() => '');
  values.forEach((value, at) => {
    const shade = shadeOf(value, top);
    if (shade >= 0) paths[shade] += `M${at + 0.06} 0h.88v1h-.88Z`;
  });
  return paths;
}
