/** The server's limits in words: what each bounds, and its value in units that people read. */
import type { Limit } from '../api/system';
import { bytes, count, plural } from './numbers';
import { duration } from './time';

/** "record_bytes" as "record": the unit stands behind the value. */
export function limitName(limit: Limit): string {
  return limit.name.replaceAll('_', ' ').replace(/ (bytes|ms|seconds|days|hours)$/, '');
}

const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  milliseconds: 1,
  s: 1000,
  seconds: 1000,
  hours: 3_600_000,
  days: DAY_MS,
};

function span(ms: number): string {
  return ms >= DAY_MS && ms % DAY_MS === 0 ? plural(ms / DAY_MS, 'day') : duration(ms);
}

export function limitValue(limit: Limit): string {
  const { value, unit } = limit;
  if (value === null) return 'none';
  if (unit === 'bytes') return bytes(value);
  const each = UNIT_MS[unit];
  if (each !== undefined) return span(value * each);
  // "viewers: 256" says it already.
  return limit.name.endsWith(unit) ? count(value) : `${count(value)} ${unit}`;
}
