/** Points in time as people read and write them, in the browser's zone or in UTC. */

export type Zone = 'local' | 'utc';

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

function two(value: number): string {
  return value.toString().padStart(2, '0');
}

function partsOf(ms: number, zone: Zone): Parts {
  const date = new Date(ms);
  const utc = zone === 'utc';
  return {
    year: utc ? date.getUTCFullYear() : date.getFullYear(),
    month: utc ? date.getUTCMonth() : date.getMonth(),
    day: utc ? date.getUTCDate() : date.getDate(),
    hour: utc ? date.getUTCHours() : date.getHours(),
    minute: utc ? date.getUTCMinutes() : date.getMinutes(),
    second: utc ? date.getUTCSeconds() : date.getSeconds(),
    ms: date.getUTCMilliseconds(),
  };
}

/** "2026-11-23", to tell days apart by. */
export function dayOf(ms: number, zone: Zone): string {
  const at = partsOf(ms, zone);
  return `${at.year}-${two(at.month + 1)}-${two(at.day)}`;
}

/** "Monday, 23 Nov 2026". */
export function dayWords(ms: number, zone: Zone): string {
  const at = partsOf(ms, zone);
  const weekday = new Date(Date.UTC(at.year, at.month, at.day)).getUTCDay();
  return `${DAYS[weekday]}, ${at.day} ${MONTHS[at.month]} ${at.year}`;
}

/** "14:03:07", with milliseconds only when there are some. */
export function timeWords(ms: number, zone: Zone): string {
  const at = partsOf(ms, zone);
  const fraction = at.ms === 0 ? '' : `.${at.ms.toString().padStart(3, '0')}`;
  return `${two(at.hour)}:${two(at.minute)}:${two(at.second)}${fraction}`;
}

/** "2026-11-23 14:03:07": exact, sortable, and read back by `readMoment`. */
export function momentWords(ms: number, zone: Zone): string {
  return `${dayOf(ms, zone)} ${timeWords(ms, zone)}`;
}

/** "23 Nov 14:03", or with seconds when they matter; the year only when it is not this one. */
export function shortMoment(ms: number, zone: Zone, nowMs: number): string {
  const at = partsOf(ms, zone);
  const year = at.year === partsOf(nowMs, zone).year ? '' : ` ${at.year}`;
  const seconds = at.second === 0 && at.ms === 0 ? '' : `:${two(at.second)}`;
  return `${at.day} ${MONTHS[at.month]}${year} ${two(at.hour)}:${two(at.minute)}${seconds}`;
}

/** A mark on a time axis: as fine as the distance between marks asks for. */
export function axisMoment(ms: number, stepMs: number, zone: Zone): string {
  const at = partsOf(ms, zone);
  const date = `${at.day} ${MONTHS[at.month]}`;
  if (stepMs >= 86_400_000) return date;
  const minute = `${two(at.hour)}:${two(at.minute)}`;
  if (stepMs >= 60_000) return at.hour === 0 && at.minute === 0 ? date : minute;
  return stepMs >= 1000 ? `${minute}:${two(at.second)}` : timeWords(ms, zone);
}

const TYPED =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[T ]?\s*)?(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?$/;

/** Reads what `momentWords` writes, and less: "2026-11-23", "14:03" (today), "14:03:07.12"; null when it is no time. */
export function readMoment(text: string, zone: Zone, nowMs: number): number | null {
  const found = TYPED.exec(text.trim());
  if (found === null || text.trim() === '') return null;
  const today = partsOf(nowMs, zone);
  const number = (at: number, otherwise: number): number =>
    found[at] === undefined ? otherwise : Number(found[at]);
  const year = number(1, today.year);
  const month = number(2, today.month + 1);
  const day = number(3, today.day);
  const clock = [number(4, 0), number(5, 0), number(6, 0)] as const;
  const fraction = Number((found[7] ?? '0').padEnd(3, '0').slice(0, 3));
  if (month < 1 || month > 12 || clock[0] > 23 || clock[1] > 59 || clock[2] > 59) return null;
  const ms =
    zone === 'utc'
      ? Date.UTC(year, month - 1, day, ...clock, fraction)
      : new Date(year, month - 1, day, ...clock, fraction).getTime();
  // The 31st of February would be a day in March.
  return partsOf(ms, zone).day === day ? ms : null;
}

/** "UTC", "UTC+1", "UTC−3:30": the zone at that time. */
export function zoneWords(zone: Zone, atMs: number): string {
  const minutes = zone === 'utc' ? 0 : -new Date(atMs).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const sign = minutes < 0 ? '−' : '+';
  const rest = Math.abs(minutes) % 60;
  return `UTC${sign}${Math.floor(Math.abs(minutes) / 60)}${rest === 0 ? '' : `:${two(rest)}`}`;
}
