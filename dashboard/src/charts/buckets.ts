/** Turns counts over time into layers and stacked bars for a histogram. Pure. */
import type { Hits } from '../api/counts';
import { LEVELS } from '../api/types';
import { languageColour, languageLabel } from '../text/language';
import { levelWords } from '../text/level';
import type { Layer } from './stack';

/** Colours far enough from each other for values that nobody has ordered. */
const FREE_TOKENS = [4, 7, 2, 3, 8, 1, 9, 0].map((colour) => `--language-${colour}`);
const LEVEL_RANK: readonly string[] = LEVELS;

function tokenOf(field: string, value: string, at: number): string {
  if (field === 'level') return `--level-${levelWords(value).name}`;
  if (field === 'language') return `--language-${languageColour(value)}`;
  if (value === '') return '--text-faint';
  return FREE_TOKENS[at % FREE_TOKENS.length] ?? '--text-dim';
}

function labelOf(field: string, value: string): string {
  if (value === '') return `no ${field}`;
  if (field === 'level') return levelWords(value).label;
  return field === 'language' ? languageLabel(value) : value;
}

/** The worst level lies at the bottom; of any other field the most frequent value does. */
export function hitsLayers(hits: Hits): readonly Layer[] {
  const rank = (value: string): number => LEVEL_RANK.indexOf(value);
  const ordered =
    hits.field === 'level' ? hits.hits.toSorted((a, b) => rank(b.value) - rank(a.value)) : hits.hits;
  const layers = ordered.map(
    ({ value, counts }, at): Layer => ({
      key: value,
      label: labelOf(hits.field, value),
      token: tokenOf(hits.field, value, at),
      values: counts,
    }),
  );
  if (hits.other === null) return layers;
  return [
    ...layers,
    { key: '\u0000others', label: 'others', token: '--text-faint', values: hits.other.counts },
  ];
}

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
