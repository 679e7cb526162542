import { describe, expect, it } from 'vitest';
import type { LanguageStats, Second, StatsFrame } from '../api/types';
import { countSecond, KEEP_SECONDS, NO_STATS, reduceStats, series } from './stats';

function language(name: string, count = 1): LanguageStats {
  return { language: name, count, rate: 1, errors: 0, last_seen_ms: 0, clients: {} };
}

function stats(nowS: number, seconds: readonly Second[], names: readonly string[] = []): StatsFrame {
  return {
    type: 'stats',
    now_ms: nowS * 1000,
    uptime_ms: 1,
    totals: { stored: 0, rejected: 0, duplicates: 0, lost: 0, expired: 0 },
    rate: 0,
    seconds,
    languages: names.map((name) => language(name)),
    levels: {},
    ingest_delay_ms: { p50: 1, p99: 2 },
    queue: { bytes: 0, max_bytes: 0, batches: 0 },
    disk: { free_bytes: null },
    viewers: 0,
    trouble: null,
  };
}

const SECOND: Second = {
  at: 100,
  counts: [
    ['python', 'billing', 'INFO', 12],
    ['python', 'billing', 'ERROR', 1],
    ['go', 'payments', 'INFO', 4],
  ],
};

describe('stats', () => {
  it('sums a second by level and by language', () => {
    expect(countSecond(SECOND)).toEqual({
      at: 100,
      total: 17,
      byLevel: { INFO: 16, ERROR: 1 },
      byLanguage: { python: 13, go: 4 },
    });
  });

  it('takes the newest word about a second, and forgets old ones', () => {
    const first = reduceStats(NO_STATS, stats(101, [SECOND]), 0);
    const repeated = { at: 100, counts: [['go', 'payments', 'INFO', 5]] } as const;
    const second = reduceStats(first, stats(102, [repeated]), 0);
    expect(second.seconds.map((entry) => entry.total)).toEqual([5]);
    expect(reduceStats(second, stats(100 + KEEP_SECONDS, []), 0).seconds).toEqual([]);
  });

  it('keeps the order of languages, whatever order the server sends', () => {
    const first = reduceStats(NO_STATS, stats(1, [], ['python', 'go']), 0);
    const second = reduceStats(first, stats(2, [], ['cobol', 'python', 'go']), 0);
    expect(second.languages.map((entry) => entry.language)).toEqual(['go', 'python', 'cobol']);
  });

  it('knows the difference of the clocks', () => {
    expect(reduceStats(NO_STATS, stats(100, []), 98_500).skewMs).toBe(1_500);
  });

  it('draws silent seconds as zero and leaves the running one out', () => {
    const seconds = [countSecond(SECOND), countSecond({ at: 103, counts: [['go', 's', 'INFO', 9]] })];
    expect(series(seconds, 103, 4, (second) => second.total)).toEqual([0, 17, 0, 0]);
  });
});
