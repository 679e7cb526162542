import { describe, expect, it } from 'vitest';
import type { Level, Row, RowsFrame } from '../api/types';
import { EMPTY_LIVE, type Live, type LiveEvent, reduceLive } from './live';

function row(id: string, level: Level = 'INFO'): Row {
  return { id, level, message: id, time: '', time_ns: '1' };
}

function frame(rows: readonly Row[], skipped: Readonly<Record<string, number>> = {}): LiveEvent {
  const held = Object.values(skipped).reduce((sum, n) => sum + n, 0);
  const body: RowsFrame = {
    type: 'rows',
    rows,
    matched: rows.length + held,
    skipped: held,
    skipped_by_level: skipped,
  };
  return { type: 'frame', frame: body };
}

function run(events: readonly LiveEvent[], cap = 5): Live {
  return events.reduce((live, event) => reduceLive(live, event, cap), EMPTY_LIVE);
}

function keys(live: Live): string[] {
  return live.shown.map((entry) => (entry.kind === 'row' ? entry.key : entry.kind));
}

describe('live rows', () => {
  it('appends, keeps the newest, and forgets the oldest', () => {
    const live = run([
      frame(['1', '2', '3', '4'].map((id) => row(id))),
      frame(['5', '6'].map((id) => row(id))),
    ]);
    expect(keys(live)).toEqual(['2', '3', '4', '5', '6']);
  });

  it('shows a record once, however often it comes', () => {
    const live = run([frame([row('1'), row('1')]), frame([row('1'), row('2')])]);
    expect(keys(live)).toEqual(['1', '2']);
  });

  it('counts what was skipped and what matched', () => {
    const live = run([frame([row('1')], { INFO: 279 }), frame([row('2')], { DEBUG: 1 })]);
    expect(live.skipped).toBe(280);
    expect(live.matched).toBe(282);
  });
});

describe('pause', () => {
  it('freezes the view and not the intake', () => {
    const paused = run([
      frame([row('1')]),
      { type: 'pause', reason: 'button' },
      frame([row('2', 'ERROR'), row('3')], { INFO: 10, CRITICAL: 2 }),
    ]);
    expect(keys(paused)).toEqual(['1']);
    expect(paused.pause).toEqual({ reason: 'button', fresh: 14, errors: 3 });
    const live = reduceLive(paused, { type: 'resume' }, 5);
    expect(keys(live)).toEqual(['1', '2', '3', 'skip']);
    expect(live.pause).toBeNull();
    expect(live.held).toEqual([]);
  });

  it('keeps the list itself, so that nothing is drawn again', () => {
    const before = run([frame([row('1')]), { type: 'pause', reason: 'scroll' }]);
    expect(reduceLive(before, frame([row('2')])).shown).toBe(before.shown);
  });

  it('bounds what is held', () => {
    const many = Array.from({ length: 40 }, (_, at) => frame([row(`n${at}`)]));
    expect(run([{ type: 'pause', reason: 'row' }, ...many]).held).toHaveLength(5);
  });

  it('keeps its first reason', () => {
    const live = run([
      { type: 'pause', reason: 'button' },
      { type: 'pause', reason: 'scroll' },
    ]);
    expect(live.pause?.reason).toBe('button');
  });
});

describe('a lost connection', () => {
  const fill: LiveEvent = {
    type: 'fill',
    rows: [row('1'), row('2'), row('3')],
    complete: true,
    atMs: 9_000,
  };

  it('is a line in the list, filled from the store without duplicates', () => {
    const live = run([frame([row('1')]), { type: 'lost', atMs: 4_000 }, frame([row('4')]), fill]);
    expect(keys(live)).toEqual(['1', 'gap', '2', '3', '4']);
    const gap = live.shown[1];
    expect(gap?.kind === 'gap' && gap.filled).toEqual({ rows: 2, complete: true, lastedMs: 5_000 });
  });

  it('is one line when it is lost again at once', () => {
    const live = run([frame([row('1')]), { type: 'lost', atMs: 1 }, { type: 'lost', atMs: 2 }]);
    expect(keys(live)).toEqual(['1', 'gap']);
  });

  it('does not move a paused view', () => {
    const live = run([
      frame([row('1')]),
      { type: 'pause', reason: 'button' },
      { type: 'lost', atMs: 4_000 },
      fill,
    ]);
    expect(keys(live)).toEqual(['1']);
    expect(live.pause?.fresh).toBe(2);
    expect(keys(reduceLive(live, { type: 'resume' }, 9))).toEqual(['1', 'gap', '2', '3']);
  });

  it('puts the first rows of a view before what is live already', () => {
    expect(keys(run([frame([row('4')]), fill]))).toEqual(['1', '2', '3', '4']);
  });
});

it('starts over for a new view', () => {
  expect(run([frame([row('1')]), { type: 'pause', reason: 'row' }, { type: 'clear' }])).toEqual(EMPTY_LIVE);
});
