/** Counts of stored records: over time, by value, by field. The server counts every match, never a page of them. */
import { request } from './http';
import { type Filter, filterToParams } from './query';

/** As the API spells times: RFC 3339, epoch, or relative such as `15m`; empty means open. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface HitsOf {
  readonly value: string;
  readonly total: number;
  /** One count a bucket. */
  readonly counts: readonly number[];
}

export interface Hits {
  readonly field: string;
  readonly start_ms: number;
  readonly step_ms: number;
  readonly buckets: number;
  readonly total: number;
  readonly hits: readonly HitsOf[];
  readonly other: Omit<HitsOf, 'value'> | null;
  readonly partial: boolean;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

export interface Facet {
  readonly field: string;
  readonly records: number;
  /** There are values that are not listed. */
  readonly more: boolean;
  readonly values: readonly FacetValue[];
}

export interface Facets {
  readonly facets: readonly Facet[];
  readonly partial: boolean;
}

export interface FieldCount {
  readonly field: string;
  readonly records: number;
  /** Null: more than 1000, or long ones. */
  readonly values: number | null;
}

function path(route: string, filter: Filter, span: Span, more: Readonly<Record<string, string>>): string {
  const params = filterToParams(filter);
  for (const [key, value] of Object.entries({ ...span, ...more })) if (value !== '') params.set(key, value);
  return `/api/logs/${route}?${params}`;
}

export interface HitsWish {
  readonly field?: string;
  readonly buckets?: number;
  /** Such as `5s`; else the server chooses. */
  readonly step?: string;
}

export function readHits(filter: Filter, span: Span, wish: HitsWish, signal: AbortSignal): Promise<Hits> {
  const more = { field: wish.field ?? 'level', buckets: String(wish.buckets ?? 60), step: wish.step ?? '' };
  return request<Hits>(path('hits', filter, span, more), { signal });
}

/** Values of all fields that have few, or of the named ones. */
export function readFacets(
  filter: Filter,
  span: Span,
  wish: { readonly fields?: readonly string[]; readonly limit?: number },
  signal: AbortSignal,
): Promise<Facets> {
  const more = { fields: (wish.fields ?? []).join(','), limit: String(wish.limit ?? 10) };
  return request<Facets>(path('facets', filter, span, more), { signal });
}

export async function readFields(
  filter: Filter,
  span: Span,
  signal: AbortSignal,
): Promise<readonly FieldCount[]> {
  const answer = await request<{ readonly fields: readonly FieldCount[] }>(path('fields', filter, span, {}), {
    signal,
  });
  return answer.fields;
}
