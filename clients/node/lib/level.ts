/** Levels by name or number. */

import { type LevelName, NAMES, SYNONYMS } from './generated/levels';

export type { LevelName } from './generated/levels';

/** A level: any name that is known (`warn`, `FATAL`, `verbose` …), or 0 (TRACE) to 5 (CRITICAL). */
export type Level = LevelName | Lowercase<LevelName> | (string & {}) | number;

/** The level's number; `undefined` for what names none. */
export function levelNumber(level: unknown): number | undefined {
  if (typeof level === 'string') {
    return SYNONYMS.get(level.trim().toLowerCase());
  }
  return typeof level === 'number' && NAMES[level] !== undefined ? level : undefined;
}

/** A host's number: the entry with the greatest `from` that is not above it; the first one where none is. */
export function levelOfHost(table: readonly (readonly [number, number])[], number: number): number {
  let found = table[0]?.[1] ?? 0;
  for (const [from, level] of table) {
    if (from <= number) {
      found = level;
    }
  }
  return found;
}
