/** The view's filter, as the URL, the live socket and `GET /api/logs` spell it. The server reads the language. */

export interface Filter {
  /** The query language of spec/api.md; passed to the server as typed. */
  readonly q: string;
  /** A minimum level such as `warning`, or empty. */
  readonly level: string;
  readonly language: string;
  readonly service: string;
}

export interface QueryError {
  readonly error: string;
  /** Which character of `q`, from 0; null when the server did not say. */
  readonly position: number | null;
}

export const EVERYTHING: Filter = { q: '', level: '', language: '', service: '' };

export const FILTER_KEYS = ['q', 'level', 'language', 'service'] as const;

export function isEverything(filter: Filter): boolean {
  return FILTER_KEYS.every((key) => filter[key] === '');
}

export function sameFilter(a: Filter, b: Filter): boolean {
  return FILTER_KEYS.every((key) => a[key] === b[key]);
}

export function filterToParams(filter: Filter): URLSearchParams {
  const params = new URLSearchParams();
  for (const key of FILTER_KEYS) if (filter[key] !== '') params.set(key, filter[key]);
  return params;
}

export function filterFromParams(params: URLSearchParams): Filter {
  return {
    q: params.get('q') ?? '',
    level: params.get('level') ?? '',
    language: params.get('language') ?? '',
    service: params.get('service') ?? '',
  };
}

/** The `view` message; empty fields mean "any", so that a view can be widened again. */
export function viewMessage(filter: Filter, budget: number): string {
  return JSON.stringify({ type: 'view', ...filter, budget });
}

export interface MarkedQuery {
  readonly before: string;
  readonly at: string;
  readonly after: string;
}

/** Splits a query around the character that the server complained of; past the end, a blank is marked. */
export function markPosition(q: string, position: number): MarkedQuery {
  // The server counts characters, not UTF-16 units.
  const chars = [...q];
  const from = Math.max(0, Math.min(position, chars.length));
  return {
    before: chars.slice(0, from).join(''),
    at: chars[from] ?? ' ',
    after: chars.slice(from + 1).join(''),
  };
}
