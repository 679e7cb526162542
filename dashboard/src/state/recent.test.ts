import { expect, it } from 'vitest';
import type { Level, Row } from '../api/types';
import { addRecent, BUCKETS, NO_RECENT, recentChart, STEP_MS, seedRecent } from './recent';

function frame(levels: readonly Level[], skipped: Readonly<Record<string, number>> = {}) {
  const rows = levels.map((level, at): Row => ({ id: `${at}`, level, message: '', time: '', time_ns: '1' }));
  return { type: 'rows' as const, rows, matched: 0, skipped: 0, skipped_by_level: skipped };
}

function of(level: string, chart: ReturnType<typeof recentChart>): readonly number[] {
  return chart.layers.find((layer) => layer.key === level)?.values ?? [];
}

const NOW = 1_000_000_000;

it('counts what came and what was held back, in the bucket of now', () => {
  const once = addRecent(NO_RECENT, NOW, frame(['INFO', 'ERROR'], { INFO: 10 }));
  const chart = recentChart(addRecent(once, NOW + STEP_MS, frame(['INFO'])), NOW + STEP_MS);
  expect(of('INFO', chart).slice(-2)).toEqual([11, 1]);
  expect(of('ERROR', chart).slice(-2)).toEqual([1, 0]);
  expect(chart.startMs).toBe(NOW + STEP_MS - (BUCKETS - 1) * STEP_MS);
});

it('begins with what the store counted', () => {
  const hits = {
    field: 'level',
    start_ms: NOW - STEP_MS,
    step_ms: STEP_MS,
    buckets: 2,
    total: 7,
    other: null,
  };
  const values = [{ value: 'INFO', total: 7, counts: [3, 4] }];
  const recent = addRecent(seedRecent({ ...hits, hits: values, partial: false }), NOW, frame(['INFO']));
  expect(of('INFO', recentChart(recent, NOW)).slice(-2)).toEqual([3, 5]);
});

it('forgets what is older than it shows', () => {
  const old = addRecent(NO_RECENT, NOW, frame(['INFO']));
  expect(addRecent(old, NOW + STEP_MS * BUCKETS, frame([])).buckets.size).toBe(1);
});
