/** Numbers in words: counts with thin gaps, rates, bytes, shares. */

const GAP = '\u202f';

/** 12480 becomes "12 480". */
export function count(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, GAP);
}

/** A rate a second: one decimal below 10, none above. */
export function rate(value: number): string {
  return value > 0 && value < 9.95 ? value.toFixed(1) : count(value);
}

/** Short enough for an axis: 950, 1.2k, 12k, 3.4M. */
export function short(value: number): string {
  const scaled = (divided: number, unit: string): string =>
    `${divided < 9.95 && divided % 1 !== 0 ? divided.toFixed(1) : Math.round(divided)}${unit}`;
  if (value >= 1e9) return scaled(value / 1e9, 'G');
  if (value >= 1e6) return scaled(value / 1e6, 'M');
  if (value >= 1e3) return scaled(value / 1e3, 'k');
  return scaled(value, '');
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export function bytes(value: number): string {
  let amount = value;
  let unit = 0;
  while (amount >= 1024 && unit < BYTE_UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 99.95 ? 0 : 1;
  return `${amount.toFixed(digits)}${GAP}${BYTE_UNITS[unit]}`;
}

/** A share of a whole in percent; small but not zero is never shown as 0. */
export function percent(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0%';
  const value = (part / whole) * 100;
  if (value < 0.1) return '<0.1%';
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)}%`;
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
