/** The newest errors with the same one told once: what is broken, not how often it says so. Pure. */
import type { Row } from '../api/types';

export interface ErrorGroup {
  /** The newest of them. */
  readonly row: Row;
  readonly count: number;
}

/** Numbers differ from one to the next, the sentence around them does not. */
function shape(row: Row): string {
  const message = row.message.slice(0, 200).replace(/\d+/g, '#');
  return [row.level, row.language, row.service, row.error?.type, message].join('\u0000');
}

/** `rows` newest first; the groups too. */
export function groupErrors(rows: readonly Row[]): readonly ErrorGroup[] {
  const groups = new Map<string, { row: Row; count: number }>();
  for (const row of rows) {
    const key = shape(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { row, count: 1 });
    else group.count += 1;
  }
  return [...groups.values()];
}
