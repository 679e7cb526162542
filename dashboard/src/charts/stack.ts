/** Turns the rollup into stacked layers for the chart. Pure. */
import { LEVELS } from '../api/types';
import type { ChartKind } from '../state/settings';
import { type SecondCounts, series } from '../state/stats';
import { languageColour, languageLabel } from '../text/language';
import { levelWords } from '../text/level';

/** More layers than this cannot be told apart; the rest are one. */
const MAX_LAYERS = 8;
const OTHERS = 'others';

export interface Layer {
  readonly key: string;
  readonly label: string;
  /** The CSS token of its colour. */
  readonly token: string;
  /** Records a second, oldest first. */
  readonly values: readonly number[];
}

function levelLayers(seconds: readonly SecondCounts[], nowS: number, span: number): Layer[] {
  // The worst lies at the bottom, where a few errors can be seen under thousands of others.
  return LEVELS.toReversed().map((level) => ({
    key: level,
    label: levelWords(level).label,
    token: `--level-${levelWords(level).name}`,
    values: series(seconds, nowS, span, (second) => second.byLevel[level] ?? 0),
  }));
}

function languageLayers(
  seconds: readonly SecondCounts[],
  languages: readonly string[],
  nowS: number,
  span: number,
): Layer[] {
  const kept = languages.length > MAX_LAYERS ? languages.slice(0, MAX_LAYERS - 1) : languages;
  const layers: Layer[] = kept.map((language) => ({
    key: language,
    label: languageLabel(language),
    token: `--language-${languageColour(language)}`,
    values: series(seconds, nowS, span, (second) => second.byLanguage[language] ?? 0),
  }));
  if (kept.length === languages.length) return layers;
  const rest = languages.slice(kept.length);
  const sum = (second: SecondCounts): number =>
    rest.reduce((total, language) => total + (second.byLanguage[language] ?? 0), 0);
  return [
    ...layers,
    { key: OTHERS, label: OTHERS, token: '--text-faint', values: series(seconds, nowS, span, sum) },
  ];
}

export function layers(
  kind: ChartKind,
  seconds: readonly SecondCounts[],
  languages: readonly string[],
  nowS: number,
  span: number,
): Layer[] {
  return kind === 'level' ? levelLayers(seconds, nowS, span) : languageLayers(seconds, languages, nowS, span);
}

/** Running sums, bottom layer first: layer i is drawn from 0 to sum i, the highest sum first. */
export function cumulate(stack: readonly Layer[]): number[][] {
  let below: number[] = [];
  return stack.map((layer) => {
    below = layer.values.map((value, at) => value + (below[at] ?? 0));
    return below;
  });
}

/** What the values from one place to another, both included, come to. */
export function sumOf(values: readonly number[], first: number, last: number): number {
  return values.slice(first, last + 1).reduce((sum, value) => sum + value, 0);
}
