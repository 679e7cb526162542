import { expect, it } from 'vitest';
import { backoffMs, type Link, NEW_LINK, reduceLink } from './link';

it('waits twice as long after each failure, up to a bound, with jitter', () => {
  expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, 1))).toEqual([500, 1000, 2000, 4000]);
  expect(backoffMs(3, 0)).toBe(2000);
  expect(backoffMs(40, 1)).toBe(15_000);
});

it('remembers when the connection was lost until it is back', () => {
  const live = reduceLink(NEW_LINK, { type: 'opened' });
  const lost = reduceLink(live, { type: 'failed', atMs: 1000, random: 1 });
  expect(lost).toEqual({ phase: 'waiting', attempt: 1, retryAtMs: 1500, lostAtMs: 1000 });
  const again = reduceLink(reduceLink(lost, { type: 'retry' }), { type: 'failed', atMs: 1600, random: 1 });
  expect(again).toEqual({ phase: 'waiting', attempt: 2, retryAtMs: 2600, lostAtMs: 1000 });
  expect(reduceLink(again, { type: 'opened' })).toEqual({ phase: 'live' } satisfies Link);
});

it('has lost nothing when it never was connected', () => {
  const failed = reduceLink(NEW_LINK, { type: 'failed', atMs: 5, random: 0 });
  expect(failed.phase === 'waiting' && failed.lostAtMs).toBeNull();
});

it('asks for a key, and starts anew after a login', () => {
  const locked = reduceLink(NEW_LINK, { type: 'locked' });
  expect(locked.phase).toBe('locked');
  expect(reduceLink(locked, { type: 'retry' })).toEqual(NEW_LINK);
});
