/** One search of the store as a pure reducer: what was asked, what came, what the list shows. */
import type { Hits } from '../api/counts';
import type { FoundPage, Scanned } from '../api/search';
import type { Row } from '../api/types';
import { dayOf, dayWords, type Zone } from '../text/moment';
import type { RowEntry } from './live';

/** Rows that a page holds; beyond, the range is narrowed or the matches are exported. */
export const MAX_ROWS = 10_000;

export interface SearchError {
  readonly message: string;
  /** The server's word for it; `unreachable` when it did not answer. */
  readonly reason: string;
  readonly position: number | null;
}

export type Phase = 'idle' | 'reading' | 'done' | 'failed' | 'cancelled';

export interface Search {
  /** Grows with every question; answers to older ones are dropped. */
  readonly run: number;
  readonly phase: Phase;
  /** Newest first. Those of the last question stay until the first answer to this one. */
  readonly rows: readonly Row[];
  readonly cursor: string | null;
  /** True while the next page is read. */
  readonly more: boolean;
  readonly scanned: Scanned | null;
  readonly partial: boolean;
  readonly hits: Hits | null;
  /** The histogram answers late or not at all; the list does not wait for it. */
  readonly counting: boolean;
  readonly error: SearchError | null;
}

export const NO_SEARCH: Search = {
  run: 0,
  phase: 'idle',
  rows: [],
  cursor: null,
  more: false,
  scanned: null,
  partial: false,
  hits: null,
  counting: false,
  error: null,
};

export type SearchEvent =
  | { readonly type: 'asked'; readonly run: number }
  | { readonly type: 'more'; readonly run: number }
  | { readonly type: 'page'; readonly run: number; readonly first: boolean; readonly page: FoundPage }
  | { readonly type: 'counting'; readonly run: number }
  | { readonly type: 'hits'; readonly run: number; readonly hits: Hits | null }
  | { readonly type: 'failed'; readonly run: number; readonly error: SearchError }
  | { readonly type: 'cancelled' };

function withPage(search: Search, first: boolean, page: FoundPage): Search {
  const seen = new Set(first ? [] : search.rows.map((row) => row.id));
  const fresh = page.rows.filter((row) => !seen.has(row.id));
  const rows = (first ? fresh : [...search.rows, ...fresh]).slice(0, MAX_ROWS);
  const before = first ? null : search.scanned;
  return {
    ...search,
    phase: 'done',
    more: false,
    rows,
    cursor: page.cursor,
    partial: page.partial,
    error: null,
    scanned: {
      records: (before?.records ?? 0) + page.scanned.records,
      batches: (before?.batches ?? 0) + page.scanned.batches,
      ms: (before?.ms ?? 0) + page.scanned.ms,
    },
  };
}

export function reduceSearch(search: Search, event: SearchEvent): Search {
  if (event.type === 'asked') {
    return { ...search, run: event.run, phase: 'reading', more: false, counting: true, error: null };
  }
  if (event.type === 'cancelled') {
    const phase = search.phase === 'reading' ? 'cancelled' : search.phase;
    return { ...search, run: search.run + 1, phase, more: false, counting: false };
  }
  if (event.run !== search.run) return search;
  switch (event.type) {
    case 'more':
      return { ...search, more: true, error: null };
    case 'page':
      return withPage(search, event.first, event.page);
    case 'counting':
      return { ...search, counting: true };
    case 'hits':
      return { ...search, counting: false, hits: event.hits };
    case 'failed':
      // A list that is there stays there when its next page fails.
      return search.more
        ? { ...search, more: false, error: event.error }
        : { ...search, phase: 'failed', rows: [], cursor: null, error: event.error };
  }
}

/** Whether the end of the list may ask for more by itself. A search that took too long goes on only when told to. */
export function wantsMore(search: Search): boolean {
  return (
    search.phase === 'done' &&
    !search.more &&
    !search.partial &&
    search.error === null &&
    search.cursor !== null &&
    search.rows.length < MAX_ROWS
  );
}

export interface DayEntry {
  readonly kind: 'day';
  readonly key: string;
  readonly label: string;
}

export type FoundEntry = RowEntry | DayEntry;

/** Milliseconds since 1970; NaN when the record has no time. */
export function rowMs(row: Row): number {
  const digits = row.time_ns.slice(0, -6);
  return digits === '' ? Number.NaN : Number(digits);
}

/** The list with a line wherever another day begins, so that a clock alone tells every time. */
export function withDays(rows: readonly Row[], zone: Zone): readonly FoundEntry[] {
  const entries: FoundEntry[] = [];
  let day = '';
  for (const row of rows) {
    const ms = rowMs(row);
    const next = Number.isFinite(ms) ? dayOf(ms, zone) : 'unknown';
    if (next !== day) {
      day = next;
      entries.push({ kind: 'day', key: `day ${day}`, label: Number.isFinite(ms) ? dayWords(ms, zone) : day });
    }
    entries.push({ kind: 'row', key: row.id, row });
  }
  return entries;
}
