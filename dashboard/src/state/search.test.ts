import { describe, expect, it } from 'vitest';
import type { FoundPage } from '../api/search';
import type { Row } from '../api/types';
import {
  MAX_ROWS,
  NO_SEARCH,
  reduceSearch,
  type Search,
  type SearchEvent,
  wantsMore,
  withDays,
} from './search';

const DAY_NS = 86_400_000_000_000n;

function row(at: number, timeNs = '1763830000000000000'): Row {
  return { id: `${timeNs}-s-${at}`, time_ns: timeNs, time: '', level: 'INFO', message: `${at}` };
}

function page(rows: readonly Row[], cursor: string | null, more: Partial<FoundPage> = {}): FoundPage {
  return { rows, cursor, scanned: { records: 10, batches: 1, ms: 2 }, partial: false, ...more };
}

function played(...events: readonly SearchEvent[]): Search {
  return events.reduce(reduceSearch, NO_SEARCH);
}

const ASKED: SearchEvent = { type: 'asked', run: 1 };
const FIRST: SearchEvent = { type: 'page', run: 1, first: true, page: page([row(3), row(2)], 'c') };
const ERROR = { message: 'no', reason: 'query', position: 1 };

describe('a search', () => {
  it('shows the first page, then asks for more', () => {
    const found = played(ASKED, FIRST);
    expect(found).toMatchObject({ phase: 'done', cursor: 'c', scanned: { records: 10 } });
    expect(wantsMore(found)).toBe(true);
    expect(wantsMore(played(ASKED, FIRST, { type: 'more', run: 1 }))).toBe(false);
  });
  it('joins pages without a record twice, and adds up what was scanned', () => {
    const next = page([row(2), row(1)], null);
    const found = played(
      ASKED,
      FIRST,
      { type: 'more', run: 1 },
      { type: 'page', run: 1, first: false, page: next },
    );
    expect(found.rows.map((entry) => entry.message)).toEqual(['3', '2', '1']);
    expect(found.scanned).toEqual({ records: 20, batches: 2, ms: 4 });
    expect(wantsMore(found)).toBe(false);
  });
  it('drops answers to a question that nobody asks any more', () => {
    const found = played(ASKED, { type: 'asked', run: 2 }, FIRST);
    expect(found).toMatchObject({ phase: 'reading', rows: [] });
  });
  it('keeps what is shown until the first answer', () => {
    expect(played(ASKED, FIRST, { type: 'asked', run: 2 }).rows).toHaveLength(2);
  });
  it('is cancelled at once, and an answer that comes later changes nothing', () => {
    const found = played(ASKED, { type: 'cancelled' }, FIRST);
    expect(found).toMatchObject({ phase: 'cancelled', rows: [] });
  });
  it('fails as a whole, but keeps its list when only the next page fails', () => {
    const failed: SearchEvent = { type: 'failed', run: 1, error: ERROR };
    expect(played(ASKED, failed)).toMatchObject({ phase: 'failed', error: ERROR });
    const kept = played(ASKED, FIRST, { type: 'more', run: 1 }, failed);
    expect(kept).toMatchObject({ phase: 'done', error: ERROR });
    expect(kept.rows).toHaveLength(2);
    expect(wantsMore(kept)).toBe(false);
    expect(wantsMore(reduceSearch({ ...kept, more: true }, FIRST))).toBe(true);
  });
  it('does not go on by itself when the server ran out of time', () => {
    const first = page([], 'c', { partial: true });
    expect(wantsMore(played(ASKED, { type: 'page', run: 1, first: true, page: first }))).toBe(false);
  });
  it('is bounded', () => {
    const many = Array.from({ length: MAX_ROWS + 5 }, (_, at) => row(at));
    const found = played(ASKED, { type: 'page', run: 1, first: true, page: page(many, 'c') });
    expect(found.rows).toHaveLength(MAX_ROWS);
    expect(wantsMore(found)).toBe(false);
  });
});

describe('the list', () => {
  it('has a line wherever another day begins', () => {
    const older = String(1763830000000000000n - DAY_NS);
    const kinds = withDays([row(3), row(2), row(1, older)], 'utc').map((entry) =>
      entry.kind === 'day' ? entry.label : entry.row.message,
    );
    expect(kinds).toEqual(['Saturday, 22 Nov 2025', '3', '2', 'Friday, 21 Nov 2025', '1']);
  });
  it('has a place for a time that is none', () => {
    expect(withDays([row(1, 'x')], 'utc')[0]).toMatchObject({ kind: 'day', label: 'unknown' });
  });
});
