import { describe, expect, it } from 'vitest';
import { axisMoment, dayWords, momentWords, readMoment, shortMoment, zoneWords } from '../text/moment';
import {
  absolute,
  ageMs,
  boundMs,
  boundWords,
  frozen,
  isRelative,
  neighbour,
  rangeOf,
  rangeParams,
  rangeProblem,
  rangeWords,
  readBound,
  wider,
} from './range';

const NOW = Date.UTC(2026, 10, 23, 14, 3, 7);
const HOUR = 3_600_000;

describe('a time', () => {
  it('is read as it is written', () => {
    expect(momentWords(NOW, 'utc')).toBe('2026-11-23 14:03:07');
    expect(readMoment('2026-11-23 14:03:07', 'utc', 0)).toBe(NOW);
    expect(readMoment('2026-11-23T14:03:07.250', 'utc', 0)).toBe(NOW + 250);
    expect(readMoment(momentWords(NOW, 'local'), 'local', 0)).toBe(NOW);
  });
  it('may leave out what is clear', () => {
    expect(readMoment('14:03', 'utc', NOW)).toBe(NOW - 7000);
    expect(readMoment('2026-11-23', 'utc', 0)).toBe(Date.UTC(2026, 10, 23));
  });
  it('is refused when there is no such time', () => {
    for (const text of ['', 'soon', '25:00', '2026-02-31', '2026-13-01', '14:61']) {
      expect(readMoment(text, 'utc', NOW)).toBeNull();
    }
  });
  it('is as long as it must be', () => {
    expect(shortMoment(NOW, 'utc', NOW)).toBe('23 Nov 14:03:07');
    expect(shortMoment(NOW - 7000, 'utc', NOW)).toBe('23 Nov 14:03');
    expect(shortMoment(Date.UTC(2025, 0, 2), 'utc', NOW)).toBe('2 Jan 2025 00:00');
    expect(dayWords(NOW, 'utc')).toBe('Monday, 23 Nov 2026');
    expect([86_400_000, 60_000, 1000].map((step) => axisMoment(NOW, step, 'utc'))).toEqual([
      '23 Nov',
      '14:03',
      '14:03:07',
    ]);
    expect(zoneWords('utc', NOW)).toBe('UTC');
  });
});

describe('a range', () => {
  it('is the last hour when the address says nothing', () => {
    expect(rangeOf({})).toEqual({ from: '1h', to: '' });
    expect(rangeOf({ to: 'now' })).toEqual({ from: 'all', to: 'now' });
    expect(rangeParams({ from: 'all', to: '' })).toEqual({});
    expect(rangeParams({ from: '15m', to: '' })).toEqual({ from: '15m' });
  });
  it('has ends that are ages, epochs or RFC 3339', () => {
    expect(ageMs('now-15m')).toBe(900_000);
    expect(ageMs('15 m')).toBeNull();
    expect(boundMs('2h', NOW)).toBe(NOW - 2 * HOUR);
    expect(boundMs('now', NOW)).toBe(NOW);
    const spellings = [`${NOW / 1000}`, `${NOW}`, `${NOW}000`, `${NOW}000000`, '2026-11-23T14:03:07Z'];
    expect(spellings.map((text) => boundMs(text, 0))).toEqual(spellings.map(() => NOW));
    expect(boundMs('nonsense', NOW)).toBeNull();
  });
  it('stays relative until it is frozen', () => {
    expect(isRelative({ from: '1h', to: '' })).toBe(true);
    const fixed = frozen({ from: '1h', to: '' }, NOW);
    expect(isRelative(fixed)).toBe(false);
    expect(fixed).toEqual({ from: '2026-11-23T13:03:07.000Z', to: '2026-11-23T14:03:07.000Z' });
    expect(frozen({ from: 'all', to: '' }, NOW).from).toBe('all');
  });
  it('widens around its middle, and never into the future', () => {
    const old = absolute(NOW - 10 * HOUR, NOW - 8 * HOUR);
    expect(wider(old, NOW)).toEqual(absolute(NOW - 11 * HOUR, NOW - 7 * HOUR));
    expect(wider({ from: '1h', to: '' }, NOW)).toEqual(absolute(NOW - 2 * HOUR, NOW));
    expect(wider({ from: 'all', to: '' }, NOW)).toBeNull();
  });
  it('has neighbours of its own width', () => {
    expect(neighbour({ from: '1h', to: '' }, -1, NOW)).toEqual(absolute(NOW - 2 * HOUR, NOW - HOUR));
    expect(neighbour({ from: '1h', to: '' }, 1, NOW)).toBeNull();
    expect(neighbour(absolute(NOW - 2 * HOUR, NOW - HOUR), 1, NOW)).toEqual(absolute(NOW - HOUR, NOW));
  });
  it('is typed and shown in the chosen zone', () => {
    expect(readBound('2026-11-23 14:03:07', 'utc', 0)).toBe('2026-11-23T14:03:07.000Z');
    expect(readBound('15m', 'utc', 0)).toBe('15m');
    expect(readBound('yesterday', 'utc', 0)).toBeNull();
    expect(boundWords('2026-11-23T14:03:07.000Z', 'utc', 0)).toBe('2026-11-23 14:03:07');
    expect(boundWords('', 'utc', 0)).toBe('now');
    expect(rangeProblem(absolute(NOW, NOW - 1), NOW)).toMatch(/ends before/);
    expect(rangeProblem(absolute(NOW - 1, NOW), NOW)).toBeNull();
  });
  it('has a name', () => {
    expect(rangeWords({ from: '1h', to: '' }, 'utc', NOW)).toBe('Last hour');
    expect(rangeWords({ from: '90m', to: '' }, 'utc', NOW)).toBe('Last 90 minutes');
    expect(rangeWords({ from: 'all', to: '' }, 'utc', NOW)).toBe('All time');
    expect(rangeWords(absolute(NOW - HOUR, NOW), 'utc', NOW)).toBe('23 Nov 13:03:07 – 14:03:07');
    expect(rangeWords(absolute(NOW - 24 * HOUR, NOW), 'utc', NOW)).toBe('22 Nov 14:03:07 – 23 Nov 14:03:07');
  });
});
