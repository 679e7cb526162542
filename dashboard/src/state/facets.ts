/** Which facets are worth a place, and in which order. Pure. */
import type { Facet, FacetValue } from '../api/counts';

/** Known first, in this order; then the program's own fields, those of most records first. */
const KNOWN = ['level', 'service', 'language', 'component', 'host', 'environment', 'logger', 'error.type'];
/** One value a record or a process: nothing to choose by. */
const NEVER = new Set([
  'id',
  'stream',
  'seq',
  'time',
  'time_ns',
  'received_ns',
  'trace_id',
  'span_id',
  'message',
]);
const LEVEL_ORDER = ['CRITICAL', 'ERROR', 'WARNING', 'INFO', 'DEBUG', 'TRACE'];

/** Open from the start; the rest wait folded. */
export const OPEN_FACETS: ReadonlySet<string> = new Set(KNOWN.slice(0, 5));

function rank(facet: Facet): number {
  const at = KNOWN.indexOf(facet.field);
  return at < 0 ? KNOWN.length : at;
}

function valuesOf(facet: Facet): readonly FacetValue[] {
  if (facet.field !== 'level') return facet.values;
  return facet.values.toSorted((a, b) => LEVEL_ORDER.indexOf(a.value) - LEVEL_ORDER.indexOf(b.value));
}

export function arrangeFacets(facets: readonly Facet[]): readonly Facet[] {
  return facets
    .filter((facet) => !NEVER.has(facet.field) && facet.values.length > 0)
    .toSorted((a, b) => rank(a) - rank(b) || b.records - a.records || a.field.localeCompare(b.field))
    .map((facet) => ({ ...facet, values: valuesOf(facet) }));
}

/** New counts in the places that people have seen: what was there keeps its order, what is new follows. */
export function settleFacets(old: readonly Facet[], fresh: readonly Facet[]): readonly Facet[] {
  const before = new Map(old.map((facet) => [facet.field, facet.values.map(({ value }) => value)]));
  return fresh.map((facet) => {
    const order = before.get(facet.field);
    if (order === undefined) return facet;
    const place = new Map(order.map((value, at) => [value, at]));
    const last = order.length;
    const values = facet.values.toSorted(
      (a, b) => (place.get(a.value) ?? last) - (place.get(b.value) ?? last),
    );
    return { ...facet, values };
  });
}
