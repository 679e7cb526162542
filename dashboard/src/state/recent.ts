/** How many records matched lately, by level, in buckets of five seconds: begun from the store, kept up by the socket. Pure. */
import type { Hits } from '../api/counts';
import { LEVELS, type RowsFrame } from '../api/types';
import type { Layer } from '../charts/stack';
import { levelWords } from '../text/level';

export const STEP_MS = 5_000;
export const BUCKETS = 60;

type ByLevel = Readonly<Record<string, number>>;

export interface Recent {
  /** By the time at which a bucket begins, ms since 1970. */
  readonly buckets: ReadonlyMap<number, ByLevel>;
}

export const NO_RECENT: Recent = { buckets: new Map() };

export function bucketOf(ms: number): number {
  return Math.floor(ms / STEP_MS) * STEP_MS;
}

/** The store's own count, which is exact; what the socket said before is in it. */
export function seedRecent(hits: Hits): Recent {
  const buckets = new Map<number, ByLevel>();
  for (const { value, counts } of hits.hits) {
    counts.forEach((count, at) => {
      if (count === 0) return;
      const start = bucketOf(hits.start_ms + at * hits.step_ms);
      const old = buckets.get(start) ?? {};
      buckets.set(start, { ...old, [value]: (old[value] ?? 0) + count });
    });
  }
  return { buckets };
}

/** A frame's records, those that the budget held back among them. */
export function addRecent(recent: Recent, nowMs: number, frame: RowsFrame): Recent {
  const start = bucketOf(nowMs);
  const sums: Record<string, number> = { ...recent.buckets.get(start) };
  for (const row of frame.rows) sums[row.level] = (sums[row.level] ?? 0) + 1;
  for (const [level, count] of Object.entries(frame.skipped_by_level ?? {})) {
    sums[level] = (sums[level] ?? 0) + count;
  }
  const oldest = start - STEP_MS * BUCKETS;
  const kept = [...recent.buckets].filter(([at]) => at > oldest);
  return { buckets: new Map([...kept, [start, sums]]) };
}

export interface RecentChart {
  readonly startMs: number;
  readonly layers: readonly Layer[];
}

/** The last five minutes; the worst level lies at the bottom. */
export function recentChart(recent: Recent, nowMs: number): RecentChart {
  const startMs = bucketOf(nowMs) - (BUCKETS - 1) * STEP_MS;
  const layers = LEVELS.toReversed().map((level): Layer => {
    const { label, name } = levelWords(level);
    const values = Array.from(
      { length: BUCKETS },
      (_, at) => recent.buckets.get(startMs + at * STEP_MS)?.[level] ?? 0,
    );
    return { key: level, label, token: `--level-${name}`, values };
  });
  return { startMs, layers };
}
