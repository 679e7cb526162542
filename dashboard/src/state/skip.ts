/** The place where the budget held records back: how many, between which times, and what was read back of them. Pure. */
import type { RowsFrame } from '../api/types';
import type { Entry, RowEntry } from './live';

export interface SkipEntry {
  readonly kind: 'skip';
  readonly key: string;
  /** Exact. */
  readonly count: number;
  readonly errors: number;
  /** Rows before it, of whose time it speaks. */
  readonly rows: number;
  /** Times of the first and the last of those rows; empty when there are none. */
  readonly fromNs: string;
  readonly toNs: string;
  readonly read: 'not' | 'reading' | 'failed' | { readonly rows: number; readonly complete: boolean };
}

/** About a second's budget: one such line for so many rows, not one a frame. */
export const GROUP_ROWS = 200;

/** 64-bit times are strings, for JavaScript. */
export function compareNs(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

function least(a: string, b: string): string {
  if (a === '' || b === '') return a || b;
  return compareNs(a, b) <= 0 ? a : b;
}

function most(a: string, b: string): string {
  return compareNs(a, b) >= 0 ? a : b;
}

function widen(skip: SkipEntry, rows: readonly RowEntry[]): SkipEntry {
  let { fromNs, toNs } = skip;
  for (const { row } of rows) {
    fromNs = least(fromNs, row.time_ns);
    toNs = most(toNs, row.time_ns);
  }
  return { ...skip, rows: skip.rows + rows.length, fromNs, toNs };
}

function errorsOf(frame: RowsFrame): number {
  const by = frame.skipped_by_level ?? {};
  return (by.ERROR ?? 0) + (by.CRITICAL ?? 0);
}

/** The list with a frame's rows, and with what the frame says of records that were held back. */
export function appendFrame(
  entries: readonly Entry[],
  fresh: readonly RowEntry[],
  frame: RowsFrame,
  total: number,
): readonly Entry[] {
  if (frame.skipped === 0) return [...entries, ...fresh];
  const last = entries.at(-1);
  const joins = last?.kind === 'skip' && last.read === 'not' && last.rows + fresh.length <= GROUP_ROWS;
  const open: SkipEntry = joins
    ? last
    : {
        kind: 'skip',
        key: `skip-${total}`,
        count: 0,
        errors: 0,
        rows: 0,
        fromNs: '',
        toNs: '',
        read: 'not',
      };
  const skip = {
    ...widen(open, fresh),
    count: open.count + frame.skipped,
    errors: open.errors + errorsOf(frame),
  };
  return [...(joins ? entries.slice(0, -1) : entries), ...fresh, skip];
}

/** The list with a skip in another state. */
export function markSkip(entries: readonly Entry[], key: string, read: SkipEntry['read']): readonly Entry[] {
  return entries.map((entry) => (entry.kind === 'skip' && entry.key === key ? { ...entry, read } : entry));
}

/** Rows from the store among those that were shown, in the order of their times. */
export function unfold(
  entries: readonly Entry[],
  key: string,
  fresh: readonly RowEntry[],
  complete: boolean,
): readonly Entry[] {
  const at = entries.findIndex((entry) => entry.kind === 'skip' && entry.key === key);
  const skip = entries[at];
  if (skip?.kind !== 'skip') return entries;
  let from = at;
  while (from > 0 && at - from < skip.rows && entries[from - 1]?.kind === 'row') from -= 1;
  const group = entries.slice(from, at).filter((entry): entry is RowEntry => entry.kind === 'row');
  const merged = [...group, ...fresh].sort((a, b) => compareNs(a.row.time_ns, b.row.time_ns));
  const read = { rows: fresh.length, complete };
  return [...entries.slice(0, from), ...merged, { ...skip, read }, ...entries.slice(at + 1)];
}

/** What is asked of the store; null when no row says of which time. */
export function skippedSpan(skip: SkipEntry): { readonly from: string; readonly to: string } | null {
  return skip.fromNs === '' ? null : { from: skip.fromNs, to: skip.toNs };
}
