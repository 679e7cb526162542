import { describe, expect, it } from 'vitest';
import type { Row } from '../api/types';
import { EMPTY_LIVE, type Live, type LiveEvent, reduceLive } from './live';
import { compareNs, GROUP_ROWS, type SkipEntry, skippedSpan } from './skip';

function row(time: number): Row {
  return { id: `r${time}`, level: 'INFO', message: '', time: '', time_ns: String(time) };
}

function frame(times: readonly number[], skipped: number, errors = 0): LiveEvent {
  const by = { INFO: skipped - errors, ERROR: errors };
  const rows = times.map(row);
  return {
    type: 'frame',
    frame: { type: 'rows', rows, matched: rows.length + skipped, skipped, skipped_by_level: by },
  };
}

function run(events: readonly LiveEvent[]): Live {
  return events.reduce((live, event) => reduceLive(live, event), EMPTY_LIVE);
}

function skips(live: Live): SkipEntry[] {
  return live.shown.filter((entry): entry is SkipEntry => entry.kind === 'skip');
}

const order = (live: Live) =>
  live.shown.map((entry) => (entry.kind === 'row' ? entry.row.time_ns : entry.kind));

describe('records that the budget held back', () => {
  it('are one line for a second of rows, with exact counts and the times between', () => {
    const live = run([frame([10, 30], 7, 2), frame([20], 3)]);
    expect(order(live)).toEqual(['10', '30', '20', 'skip']);
    expect(skips(live)[0]).toMatchObject({ count: 10, errors: 2, rows: 3, fromNs: '10', toNs: '30' });
  });

  it('get a second line when the first has its rows, and none when nothing was skipped', () => {
    const many = Array.from({ length: GROUP_ROWS }, (_, at) => at + 1);
    const live = run([frame(many, 1), frame([500], 1), frame([501], 0)]);
    expect(skips(live)).toHaveLength(2);
    expect(order(live).slice(-3)).toEqual(['500', 'skip', '501']);
  });

  it('come back in the order of their times, once each, and say whether that is all', () => {
    const before = run([frame([1], 0), frame([10, 30], 2)]);
    const key = skips(before)[0]?.key ?? '';
    const reading = reduceLive(before, { type: 'unfolding', key, read: 'reading' });
    expect(reading.pause?.reason).toBe('row');
    const live = reduceLive(reading, {
      type: 'unfold',
      key,
      rows: [row(10), row(20), row(25)],
      complete: true,
    });
    expect(order(live)).toEqual(['1', '10', '20', '25', '30', 'skip']);
    expect(skips(live)[0]?.read).toEqual({ rows: 2, complete: true });
  });

  it('are not forgotten when the store cannot be read', () => {
    const before = run([frame([10], 2)]);
    const key = skips(before)[0]?.key ?? '';
    const live = reduceLive(before, { type: 'unfolding', key, read: 'failed' });
    expect(skips(live)[0]).toMatchObject({ count: 2, read: 'failed' });
  });

  it('cannot be asked for when no row tells their time', () => {
    const live = run([frame([], 2)]);
    const skip = skips(live)[0];
    expect(skip && skippedSpan(skip)).toBeNull();
  });
});

it('compares times that JavaScript cannot hold as numbers', () => {
  expect(compareNs('1795341600000000001', '1795341600000000002')).toBeLessThan(0);
  expect(compareNs('999', '1000')).toBeLessThan(0);
  expect(compareNs('7', '7')).toBe(0);
});
