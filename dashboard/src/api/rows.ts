/** Reads stored records, newest first on the wire, oldest first for the list. */
import type { Span } from './counts';
import { request } from './http';
import { type Filter, filterToParams } from './query';
import type { Row, RowsPage } from './types';

const PAGE_ROWS = 1000;

export interface Stored {
  /** Oldest first. */
  readonly rows: readonly Row[];
  /** False when older matches were left in the store. */
  readonly complete: boolean;
}

async function page(
  filter: Filter,
  from: string | null,
  limit: number,
  cursor: string | null,
): Promise<RowsPage> {
  const params = filterToParams(filter);
  params.set('limit', String(limit));
  if (from !== null) params.set('from', from);
  if (cursor !== null) params.set('cursor', cursor);
  return request<RowsPage>(`/api/logs?${params}`);
}

/** The newest `most` records that match, since `fromMs` (null: since ever). */
export async function newestRows(filter: Filter, fromMs: number | null, most: number): Promise<Stored> {
  const from = fromMs === null ? null : new Date(fromMs).toISOString();
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const next: RowsPage = await page(filter, from, Math.min(PAGE_ROWS, most - rows.length), cursor);
    rows.push(...next.rows);
    cursor = next.rows.length > 0 ? next.cursor : null;
  } while (cursor !== null && rows.length < most);
  return { rows: rows.reverse(), complete: cursor === null };
}

/** The newest thousand that match between two times, both included; oldest first. */
export async function rowsBetween(filter: Filter, span: Span): Promise<Stored> {
  const params = filterToParams(filter);
  params.set('limit', String(PAGE_ROWS));
  params.set('from', span.from);
  params.set('to', span.to);
  const found = await request<RowsPage>(`/api/logs?${params}`);
  return { rows: found.rows.toReversed(), complete: found.cursor === null && !found.partial };
}
