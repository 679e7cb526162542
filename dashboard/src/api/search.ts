/** Reads the store: records of a range, one record, what lies around it. Every request can be cancelled. */
import { request } from './http';
import { type Filter, filterToParams } from './query';
import type { Row } from './types';

export interface Scanned {
  readonly records: number;
  readonly batches: number;
  readonly ms: number;
}

export interface FoundPage {
  readonly rows: readonly Row[];
  readonly cursor: string | null;
  readonly scanned: Scanned;
  /** The server's time for one query was over: there may be more. */
  readonly partial: boolean;
}

export interface Context {
  /** Closest first, as the server gives them. */
  readonly before: readonly Row[];
  readonly record: Row;
  readonly after: readonly Row[];
  readonly partial: boolean;
}

/** `from` and `to`, as far as they are said. */
export type Ends = Readonly<Record<string, string>>;

function params(filter: Filter, ends: Ends, more: Ends = {}): string {
  const all = filterToParams(filter);
  for (const [key, value] of Object.entries({ ...ends, ...more })) all.set(key, value);
  return all.toString();
}

export function findRows(
  filter: Filter,
  ends: Ends,
  limit: number,
  cursor: string | null,
  signal: AbortSignal,
): Promise<FoundPage> {
  const more: Ends = { limit: String(limit), ...(cursor === null ? {} : { cursor }) };
  return request<FoundPage>(`/api/logs?${params(filter, ends, more)}`, { signal });
}

export function oneRow(id: string, signal: AbortSignal): Promise<Row> {
  return request<Row>(`/api/logs/${encodeURIComponent(id)}`, { signal });
}

export function contextOf(
  id: string,
  same: string,
  before: number,
  after: number,
  signal: AbortSignal,
): Promise<Context> {
  const asked = new URLSearchParams({ same, before: String(before), after: String(after) });
  return request<Context>(`/api/logs/${encodeURIComponent(id)}/context?${asked}`, { signal });
}

export const EXPORT_FORMATS = ['ndjson', 'csv', 'txt'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Where all matches lie as a file: a plain link, so that the browser writes it to disk as it comes. */
export function exportPath(filter: Filter, ends: Ends, format: ExportFormat, limit: number): string {
  return `/api/logs/export?${params(filter, ends, { format, limit: String(limit) })}`;
}
