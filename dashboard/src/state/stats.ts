/** Totals and the rollup per second of the last 15 minutes, as a pure reducer over `stats` frames. */
import type { LanguageStats, Second, StatsFrame } from '../api/types';

export const KEEP_SECONDS = 900;

export interface SecondCounts {
  readonly at: number;
  readonly total: number;
  readonly byLevel: Readonly<Record<string, number>>;
  readonly byLanguage: Readonly<Record<string, number>>;
}

export interface Stats {
  /** The newest frame, or null before the first. */
  readonly last: StatsFrame | null;
  /** Ascending by `at`, at most KEEP_SECONDS, silent seconds left out. */
  readonly seconds: readonly SecondCounts[];
  /** In the order in which they first appeared, so that no card ever changes its place. */
  readonly languages: readonly LanguageStats[];
  /** Server clock minus ours. */
  readonly skewMs: number;
}

export const NO_STATS: Stats = { last: null, seconds: [], languages: [], skewMs: 0 };

export function countSecond(second: Second): SecondCounts {
  const byLevel: Record<string, number> = {};
  const byLanguage: Record<string, number> = {};
  let total = 0;
  for (const [language, , level, count] of second.counts) {
    byLevel[level] = (byLevel[level] ?? 0) + count;
    byLanguage[language] = (byLanguage[language] ?? 0) + count;
    total += count;
  }
  return { at: second.at, total, byLevel, byLanguage };
}

function merge(
  old: readonly SecondCounts[],
  fresh: readonly SecondCounts[],
  nowS: number,
): readonly SecondCounts[] {
  const bySecond = new Map(old.map((second) => [second.at, second]));
  // The newest word about a second wins: a late batch makes the server repeat it.
  for (const second of fresh) bySecond.set(second.at, second);
  return [...bySecond.values()]
    .filter((second) => second.at > nowS - KEEP_SECONDS && second.at <= nowS)
    .sort((a, b) => a.at - b.at);
}

function keepOrder(old: readonly LanguageStats[], fresh: readonly LanguageStats[]): readonly LanguageStats[] {
  const byName = new Map(fresh.map((language) => [language.language, language]));
  const known = old.map((language) => byName.get(language.language) ?? language);
  const names = new Set(old.map((language) => language.language));
  const added = fresh
    .filter((language) => !names.has(language.language))
    .sort((a, b) => a.language.localeCompare(b.language));
  return [...known, ...added];
}

export function reduceStats(stats: Stats, frame: StatsFrame, localMs: number): Stats {
  const fresh = [...(frame.seconds ?? []), ...(frame.second ? [frame.second] : [])].map(countSecond);
  return {
    last: frame,
    seconds: merge(stats.seconds, fresh, Math.floor(frame.now_ms / 1000)),
    languages: keepOrder(stats.languages, frame.languages),
    skewMs: frame.now_ms - localMs,
  };
}

/** One number a second, oldest first, silent seconds as 0; the running second is left out. */
export function series(
  seconds: readonly SecondCounts[],
  nowS: number,
  length: number,
  value: (second: SecondCounts) => number,
): number[] {
  const out = new Array<number>(length).fill(0);
  const first = nowS - length;
  for (const second of seconds) {
    const at = second.at - first;
    if (at >= 0 && at < length) out[at] = value(second);
  }
  return out;
}
