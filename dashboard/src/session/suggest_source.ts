/** Suggestions from the store: which fields and values the records of the last while have. Remembered for a moment. */
import { type FacetValue, type FieldCount, readFacets, readFields, type Span } from '../api/counts';
import { EVERYTHING } from '../api/query';
import type { SuggestSource } from '../parts/query_box';

/** Names and values change slowly; asking at every key would not. */
const KEEP_MS = 30_000;
const MOST_VALUES = 200;
/** Fields that every record has, and that the server does not list as values of their own. */
const ALWAYS = ['level', 'service', 'language', 'message'];

interface Kept<T> {
  readonly untilMs: number;
  readonly answer: Promise<T>;
}

/** `span` says which records are looked through: the page's own range. */
export function createSuggestSource(span: () => Span): SuggestSource {
  const kept = new Map<string, Kept<unknown>>();

  /** A question that nobody waits for any more still answers the next one. */
  const remember = <T>(key: string, read: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const now = performance.now();
    const old = kept.get(key) as Kept<T> | undefined;
    if (old !== undefined && old.untilMs > now) return old.answer;
    const answer = read(new AbortController().signal);
    answer.catch(() => kept.delete(key));
    kept.set(key, { untilMs: now + KEEP_MS, answer });
    return answer;
  };

  const fields = async (): Promise<readonly FieldCount[]> => {
    const { from, to } = span();
    const found = await remember(`${from}\n${to}`, (signal) => readFields(EVERYTHING, span(), signal));
    const names = new Set(found.map(({ field }) => field));
    const always = ALWAYS.filter((field) => !names.has(field));
    return [...found, ...always.map((field) => ({ field, records: 0, values: null }))];
  };
  const values = async (field: string): Promise<readonly FacetValue[]> => {
    const { from, to } = span();
    const wish = { fields: [field], limit: MOST_VALUES };
    const found = await remember(`${from}\n${to}\n${field}`, (signal) =>
      readFacets(EVERYTHING, span(), wish, signal),
    );
    return found.facets.find((facet) => facet.field === field)?.values ?? [];
  };
  return { fields, values };
}
