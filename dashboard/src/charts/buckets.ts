/** Stacked bars as SVG paths, and their sums. Pure. */
import type { Layer } from './stack';

/** The bars of each layer as one SVG path in a box of `buckets` by 1: from what lies below up to what it adds. */
export function barPaths(layers: readonly Layer[], buckets: number, top: number): readonly string[] {
  const below = new Array<number>(buckets).fill(0);
  return layers.map((layer) => {
    let path = '';
    for (let at = 0; at < buckets; at += 1) {
      const value = layer.values[at] ?? 0;
      if (value <= 0) continue;
      const low = 1 - (below[at] ?? 0) / top;
      below[at] = (below[at] ?? 0) + value;
      const high = 1 - (below[at] ?? 0) / top;
      path += `M${at + 0.08} ${low.toFixed(4)}V${high.toFixed(4)}h.84V${low.toFixed(4)}Z`;
    }
    return path;
  });
}

export function totals(layers: readonly Layer[], buckets: number): readonly number[] {
  return Array.from({ length: buckets }, (_, at) =>
    layers.reduce((sum, layer) => sum + (layer.values[at] ?? 0), 0),
  );
}
