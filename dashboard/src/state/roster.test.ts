import { describe, expect, it } from 'vitest';
import type { Client, Presence } from '../api/types';
import { interruptions, STRIP_MS, sinceMs, stretches, strip } from './presence';
import { chosenStreams, membership, type Order, rosterOf } from './roster';

function client(stream: string, more: Partial<Client> = {}): Client {
  return { stream, presence: 'connected', last_seen_ms: 0, ...more };
}

const LIST = [
  client('a', { presence: 'failed', service: 'billing', statistics: { last_error: 'connection refused' } }),
  client('b', { service: 'api', host: 'web-1', last_seen_ms: 9, statistics: { round_trip_ms: 7 } }),
  client('c', {
    service: 'orders',
    host: 'web-2',
    last_seen_ms: 5,
    statistics: { accepted: 30, round_trip_ms: 3 },
    law: { stored: 5, rejected: 0, lost: { torn: 2 }, waiting: 0, gaps: [[8, 9]], through: 9 },
    started_at: '2026-11-23T00:00:00Z',
  }),
];

const ask = (own: Record<string, string>): string => chosenStreams(LIST, rosterOf(own)).join('');

describe('the list of clients', () => {
  it('is all of them, trouble first, when nothing is asked', () => {
    expect(ask({})).toBe('abc');
    expect(ask({ order: 'nonsense', presence: 'nonsense' })).toBe('abc');
  });
  it('is found by every word, wherever it stands', () => {
    expect([ask({ find: 'WEB' }), ask({ find: 'web-2 orders' }), ask({ find: 'refused' })]).toEqual([
      'bc',
      'c',
      'a',
    ]);
    expect(ask({ presence: 'failed' })).toBe('a');
    expect(ask({ presence: 'gone' })).toBe('');
  });
  it('is put in order by what people look for', () => {
    const by = (order: Order): string => ask({ order });
    expect(by('service')).toBe('bac');
    expect(by('seen')).toBe('acb');
    expect(by('waiting')[0]).toBe('c');
    expect(by('lost')[0]).toBe('c');
    expect(by('round_trip')).toBe('bca');
    expect(by('started')[0]).toBe('c');
  });
  it('is put in order anew only when somebody comes, goes or changes', () => {
    const spoke = LIST.map((entry) => ({ ...entry, last_seen_ms: entry.last_seen_ms + 1 }));
    expect(membership(spoke)).toBe(membership(LIST));
    expect(membership(LIST.slice(1))).not.toBe(membership(LIST));
  });
});

describe('the strip', () => {
  const now = 10 * STRIP_MS;
  const past = (...changes: [number, Presence][]): [number, Presence][] =>
    changes.map(([minutes, presence]) => [now - minutes * 60_000, presence]);

  it('is the last hour, and empty where nobody saw', () => {
    expect(strip(past([30, 'connected'], [15, 'silent']), now)).toEqual([
      { presence: 'connected', from: 0.5, width: 0.25 },
      { presence: 'silent', from: 0.75, width: 0.25 },
    ]);
    expect(strip(past([300, 'silent'], [120, 'connected']), now)).toEqual([
      { presence: 'connected', from: 0, width: 1 },
    ]);
    expect(strip([], now)).toEqual([]);
  });
  it('draws even the shortest silence', () => {
    const pieces = strip(past([20, 'silent'], [19.99, 'connected'], [0, 'failed']), now);
    expect(pieces.every(({ from, width }) => width >= 0.008 && from + width <= 1.0001)).toBe(true);
  });
  it('counts what interrupted', () => {
    const history = past([90, 'failed'], [80, 'connected'], [30, 'silent'], [29, 'connected'], [5, 'closed']);
    expect(interruptions(history, now)).toBe(1);
    expect(sinceMs(history)).toBe(now - 5 * 60_000);
    expect(sinceMs([])).toBeNull();
    expect(stretches(history, now).at(-1)).toEqual({ presence: 'closed', fromMs: now - 300_000, toMs: now });
  });
});
