/** Totals and the rollup per second of the last 15 minutes, as a pure reducer over `stats` frames. */
import type { LanguageStats, Second, StatsFrame } from '../api/types';
import { isError } from './live';

export const KEEP_SECONDS = 900;

export interface SecondCounts {
  readonly at: number;
  readonly total: number;
  readonly byLevel: Readonly<Record<string, number>>;
  readonly byLanguage: Readonly<Record<string, number>>;
  readonly byService: Readonly<Record<string, ServiceCounts>>;
}

export interface ServiceCounts {
  readonly language: string;
  readonly total: number;
  readonly errors: number;
}

/** From the records' own times to the store, in the half minute up to a second. */
export interface Delay {
  readonly at: number;
  readonly p50: number;
  readonly p99: number;
}

export interface Stats {
  /** The newest frame, or null before the first. */
  readonly last: StatsFrame | null;
  /** Ascending by `at`, at most KEEP_SECONDS, silent seconds left out. */
  readonly seconds: readonly SecondCounts[];
  /** In the order in which they first appeared, so that no card ever changes its place. */
  readonly languages: readonly LanguageStats[];
  /** Ascending by `at`, at most KEEP_SECONDS, seconds of which there is nothing to tell left out. */
  readonly delays: readonly Delay[];
  /** Server clock minus ours. */
  readonly skewMs: number;
}

export const NO_STATS: Stats = { last: null, seconds: [], languages: [], delays: [], skewMs: 0 };

export function countSecond(second: Second): SecondCounts {
  // Without a prototype: names come from strangers.
  const byLevel: Record<string, number> = Object.create(null);
  const byLanguage: Record<string, number> = Object.create(null);
  const byService: Record<string, ServiceCounts> = Object.create(null);
  let total = 0;
  for (const [language, service, level, count] of second.counts) {
    const old = byService[service];
    byService[service] = {
      language: old?.language ?? language,
      total: (old?.total ?? 0) + count,
      errors: (old?.errors ?? 0) + (isError(level) ? count : 0),
    };
    byLevel[level] = (byLevel[level] ?? 0) + count;
    byLanguage[language] = (byLanguage[language] ?? 0) + count;
    total += count;
  }
  return { at: second.at, total, byLevel, byLanguage, byService };
}

/** By second, ascending, of the time that is kept. */
function merge<T extends { readonly at: number }>(
  old: readonly T[],
  fresh: readonly T[],
  nowS: number,
): readonly T[] {
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

function addDelays(old: readonly Delay[], frame: StatsFrame): readonly Delay[] {
  const { p50, p99 } = frame.ingest_delay_ms;
  const nowS = Math.floor(frame.now_ms / 1000);
  // What the server says of a second that is over is about all of it; a frame came within the second.
  const fresh = (frame.delays ?? []).map(([at, half, most]): Delay => ({ at, p50: half, p99: most }));
  if (p50 !== null && p99 !== null) fresh.push({ at: nowS, p50, p99 });
  return merge(old, fresh, nowS);
}

export interface ServiceTotal extends ServiceCounts {
  readonly service: string;
}

/** Services of the last `span` seconds, the busiest first. */
export function topServices(
  seconds: readonly SecondCounts[],
  nowS: number,
  span: number,
): readonly ServiceTotal[] {
  const sums = new Map<string, { language: string; total: number; errors: number }>();
  for (const second of seconds) {
    if (second.at < nowS - span) continue;
    for (const [service, counts] of Object.entries(second.byService)) {
      const sum = sums.get(service) ?? { language: counts.language, total: 0, errors: 0 };
      sum.total += counts.total;
      sum.errors += counts.errors;
      sums.set(service, sum);
    }
  }
  return [...sums]
    .map(([service, sum]) => ({ service, ...sum }))
    .sort((a, b) => b.total - a.total || a.service.localeCompare(b.service));
}

/** How many of each level there were in the last `span` seconds. */
export function levelTotals(
  seconds: readonly SecondCounts[],
  nowS: number,
  span: number,
): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const second of seconds) {
    if (second.at < nowS - span) continue;
    for (const [level, count] of Object.entries(second.byLevel)) sums[level] = (sums[level] ?? 0) + count;
  }
  return sums;
}

/** Counts of `cells` equal stretches that make up the last `span` seconds, oldest first. */
export function fold(values: readonly number[], cells: number): readonly number[] {
  const out = new Array<number>(cells).fill(0);
  values.forEach((value, at) => {
    const cell = Math.min(cells - 1, Math.floor((at * cells) / values.length));
    out[cell] = (out[cell] ?? 0) + value;
  });
  return out;
}

export function reduceStats(stats: Stats, frame: StatsFrame, localMs: number): Stats {
  const fresh = [...(frame.seconds ?? []), ...(frame.second ? [frame.second] : [])].map(countSecond);
  return {
    last: frame,
    seconds: merge(stats.seconds, fresh, Math.floor(frame.now_ms / 1000)),
    languages: keepOrder(stats.languages, frame.languages),
    delays: addDelays(stats.delays, frame),
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
