/**
 * A time range as the address bar spells it: relative (`from=15m`), absolute (RFC 3339, UTC), or everything (`from=all`).
 * A relative range stays relative: whoever opens the address tomorrow sees tomorrow's records. Pure.
 */
import { momentWords, readMoment, shortMoment, type Zone } from '../text/moment';

export interface Range {
  readonly from: string;
  /** Empty: up to now. */
  readonly to: string;
}

export const ALL = 'all';
export const DEFAULT_RANGE: Range = { from: '1h', to: '' };

export interface Preset {
  readonly from: string;
  readonly label: string;
}

export const PRESETS: readonly Preset[] = [
  { from: '5m', label: 'Last 5 minutes' },
  { from: '15m', label: 'Last 15 minutes' },
  { from: '1h', label: 'Last hour' },
  { from: '3h', label: 'Last 3 hours' },
  { from: '12h', label: 'Last 12 hours' },
  { from: '24h', label: 'Last 24 hours' },
  { from: '3d', label: 'Last 3 days' },
  { from: '7d', label: 'Last 7 days' },
  { from: '30d', label: 'Last 30 days' },
  { from: ALL, label: 'All time' },
];

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const UNIT_NAMES: Readonly<Record<string, string>> = {
  ms: 'millisecond',
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
};
const AGE = /^(?:now-)?(\d{1,9})(ms|s|m|h|d|w)$/;

/** `15m` in milliseconds; null when the text is no age. */
export function ageMs(text: string): number | null {
  const found = AGE.exec(text.trim());
  return found === null ? null : Number(found[1]) * (UNITS_MS[found[2] ?? ''] ?? 0);
}

/** An epoch in seconds, milliseconds, microseconds or nanoseconds, told apart by its size as the server does. */
function epochMs(text: string): number | null {
  if (!/^\d{9,19}$/.test(text)) return null;
  if (text.length <= 11) return Number(text) * 1000;
  if (text.length <= 14) return Number(text);
  return Number(text.length <= 17 ? text.slice(0, -3) : text.slice(0, -6));
}

/** One end as milliseconds since 1970; null when it is open or is no time. */
export function boundMs(bound: string, nowMs: number): number | null {
  const text = bound.trim();
  if (text === '' || text === ALL) return null;
  if (text === 'now') return nowMs;
  const age = ageMs(text);
  if (age !== null) return nowMs - age;
  const epoch = epochMs(text);
  if (epoch !== null) return epoch;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? null : parsed;
}

export function rangeOf(own: Readonly<Record<string, string>>): Range {
  const from = own.from ?? '';
  const to = own.to ?? '';
  return { from: from === '' ? (to === '' ? DEFAULT_RANGE.from : ALL) : from, to };
}

/** What `from` and `to` of a request are; an open end is left out. */
export function rangeParams(range: Range): Record<string, string> {
  return {
    ...(range.from === ALL ? {} : { from: range.from }),
    ...(range.to === '' ? {} : { to: range.to }),
  };
}

/** Exactly these milliseconds. */
export function absolute(fromMs: number, toMs: number): Range {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

/** The same moments for whoever opens the address later. */
export function frozen(range: Range, nowMs: number): Range {
  const from = boundMs(range.from, nowMs);
  const to = boundMs(range.to, nowMs) ?? nowMs;
  return { from: from === null ? ALL : new Date(from).toISOString(), to: new Date(to).toISOString() };
}

export function isRelative(range: Range): boolean {
  return ageMs(range.from) !== null && (range.to === '' || range.to === 'now');
}

/** Twice as wide around the same middle, never beyond now; null when there is nothing wider. */
export function wider(range: Range, nowMs: number): Range | null {
  const from = boundMs(range.from, nowMs);
  if (from === null) return null;
  const to = boundMs(range.to, nowMs) ?? nowMs;
  const width = Math.max(1000, to - from);
  const end = Math.min(Math.max(nowMs, to), to + width / 2);
  return absolute(Math.round(end - 2 * width), Math.round(end));
}

/** The stretch before (-1) or after (1), as wide as this one; null when it would lie in the future. */
export function neighbour(range: Range, direction: -1 | 1, nowMs: number): Range | null {
  const from = boundMs(range.from, nowMs);
  if (from === null) return null;
  const to = boundMs(range.to, nowMs) ?? nowMs;
  const width = to - from;
  if (direction === 1 && to >= nowMs) return null;
  return absolute(from + direction * width, to + direction * width);
}

/** An end as the picker shows it for editing. */
export function boundWords(bound: string, zone: Zone, nowMs: number): string {
  if (bound === '' || bound === 'now') return 'now';
  if (bound === ALL || ageMs(bound) !== null) return bound;
  const ms = boundMs(bound, nowMs);
  return ms === null ? bound : momentWords(ms, zone);
}

/** What somebody typed as an end, as the address bar spells it; null when it is no time. */
export function readBound(text: string, zone: Zone, nowMs: number): string | null {
  const typed = text.trim();
  if (typed === '' || typed === 'now' || typed === ALL || ageMs(typed) !== null) return typed;
  const ms = readMoment(typed, zone, nowMs) ?? boundMs(typed, nowMs);
  return ms === null ? null : new Date(ms).toISOString();
}

/** What is wrong with a range that somebody typed; null when nothing is. */
export function rangeProblem(range: Range, nowMs: number): string | null {
  const from = boundMs(range.from, nowMs);
  const to = boundMs(range.to, nowMs) ?? nowMs;
  return from !== null && from >= to ? 'The range ends before it begins. Swap From and To.' : null;
}

function ageWords(from: string): string {
  const found = AGE.exec(from);
  const number = Number(found?.[1] ?? 0);
  const unit = UNIT_NAMES[found?.[2] ?? ''] ?? '';
  return number === 1 ? `Last ${unit}` : `Last ${number} ${unit}s`;
}

/** The whole range in words: "Last hour", "23 Nov 14:03 – 15:00". */
export function rangeWords(range: Range, zone: Zone, nowMs: number): string {
  const preset = PRESETS.find(({ from }) => from === range.from);
  if (range.to === '' || range.to === 'now') {
    if (preset !== undefined) return preset.label;
    if (ageMs(range.from) !== null) return ageWords(range.from);
  }
  const words = (bound: string): string => {
    const ms = boundMs(bound, nowMs);
    return ms === null ? bound : shortMoment(ms, zone, nowMs);
  };
  const from = range.from === ALL ? 'the beginning' : words(range.from);
  const to = range.to === '' ? 'now' : words(range.to);
  const day = /^(.+) (\S+)$/.exec(from)?.[1];
  return `${from} – ${day !== undefined && to.startsWith(`${day} `) ? to.slice(day.length + 1) : to}`;
}
