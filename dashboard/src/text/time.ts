/** Times in words: the clock of a row, ages, durations. */
import type { Zone } from './moment';

const THIN = '\u202f';

function two(value: number): string {
  return value.toString().padStart(2, '0');
}

interface Clock {
  readonly zone: Zone;
  readonly nanos: boolean;
}

const BROWSERS: Clock = { zone: 'local', nanos: false };

/** Hours, minutes and seconds of a point in time: "14:03:07". */
export function clockOfSecond(seconds: number, zone: Zone = 'local'): string {
  const date = new Date(seconds * 1000);
  const utc = zone === 'utc';
  const hours = utc ? date.getUTCHours() : date.getHours();
  const minutes = utc ? date.getUTCMinutes() : date.getMinutes();
  return `${two(hours)}:${two(minutes)}:${two(date.getUTCSeconds())}`;
}

/** Nanoseconds since 1970 as a clock: "14:03:07.120", or "14:03:07.120 456 789" to the nanosecond. */
export function clock(timeNs: string, as: Clock = BROWSERS): string {
  const seconds = Number(timeNs.slice(0, -9));
  if (timeNs.length < 10 || !Number.isFinite(seconds)) return '--:--:--.---';
  const fraction = timeNs.slice(-9);
  const thousands = as.nanos
    ? fraction.replace(/(\d{3})(\d{3})(\d{3})/, `$1${THIN}$2${THIN}$3`)
    : fraction.slice(0, 3);
  return `${clockOfSecond(seconds, as.zone)}.${thousands}`;
}

/** How long something took or lasts: "340 ms", "12 s", "4 m 10 s", "3 h 5 m", "2 d 4 h". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${two(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${two(minutes % 60)} m`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The same as a phrase: "now", "12 s ago". */
export function ago(ms: number): string {
  const words = age(ms);
  return words === 'now' ? words : `${words} ago`;
}

/** How long ago, in one unit: "now", "12 s", "4 m", "3 h", "2 d". */
export function age(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
