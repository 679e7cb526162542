import { describe, expect, it } from 'vitest';
import type { LanguageStats, Second, StatsFrame } from '../api/types';
import {
  countSecond,
  fold,
  KEEP_SECONDS,
  levelTotals,
  NO_STATS,
  reduceStats,
  series,
  topServices,
} from './stats';

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
      byService: {
        billing: { language: 'python', total: 13, errors: 1 },
        payments: { language: 'go', total: 4, errors: 0 },
      },
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

describe('sums of the last seconds', () => {
  const seconds = [
    countSecond({ at: 10, counts: [['go', 'old', 'INFO', 99]] }),
    countSecond({
      at: 20,
      counts: [
        ['go', 'pay', 'INFO', 5],
        ['go', 'pay', 'CRITICAL', 1],
        ['http', '', 'ERROR', 2],
        ['http', '__proto__', 'INFO', 7],
      ],
    }),
  ];

  it('names the busiest services first, whatever they are called', () => {
    expect(topServices(seconds, 21, 5)).toEqual([
      { service: '__proto__', language: 'http', total: 7, errors: 0 },
      { service: 'pay', language: 'go', total: 6, errors: 1 },
      { service: '', language: 'http', total: 2, errors: 2 },
    ]);
  });

  it('counts levels', () => {
    expect(levelTotals(seconds, 21, 5)).toEqual({ INFO: 12, CRITICAL: 1, ERROR: 2 });
  });

  it('folds seconds into cells and loses none', () => {
    expect(fold([1, 2, 3, 4, 5], 2)).toEqual([6, 9]);
    expect(fold([1, 2], 4)).toEqual([1, 0, 2, 0]);
  });
});

describe('delays', () => {
  const frame = (nowS: number, more: Partial<StatsFrame> = {}): StatsFrame => ({
    ...stats(nowS, []),
    ...more,
  });
  const delaysAfter = (...frames: readonly StatsFrame[]) =>
    frames.reduce((all, one) => reduceStats(all, one, 0), NO_STATS).delays;

  it('are kept one a second', () => {
    expect(delaysAfter(frame(5), frame(5), frame(6))).toEqual([
      { at: 5, p50: 1, p99: 2 },
      { at: 6, p50: 1, p99: 2 },
    ]);
  });

  it('begin with what the server remembers, and end with what it says now', () => {
    const whole = frame(100, {
      delays: [
        [90, 5, 9],
        [91, 6, 9],
        [99, 7, 9],
      ],
    });
    expect(delaysAfter(frame(99), whole).map(({ at, p50 }) => [at, p50])).toEqual([
      [90, 5],
      [91, 6],
      [99, 7],
      [100, 1],
    ]);
  });

  it('leave out what nothing is told of, and what is too long ago', () => {
    const silent = { ingest_delay_ms: { p50: null, p99: null } };
    expect(delaysAfter(frame(5), frame(6, silent))).toHaveLength(1);
    expect(delaysAfter(frame(5), frame(5 + KEEP_SECONDS, silent))).toEqual([]);
  });
});
