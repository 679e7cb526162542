/** Asks the store what the address bar asks, once per question; the last one wins, and every one can be cancelled. */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { type Facet, readFacets, readHits, type Span } from '../api/counts';
import { asApiError } from '../api/http';
import { findRows } from '../api/search';
import { ALL, type Range, rangeOf, rangeParams } from '../state/range';
import { formatRoute } from '../state/route';
import { NO_SEARCH, reduceSearch, type Search, type SearchError, type SearchEvent } from '../state/search';
import type { Session } from './session';

const PAGE_ROWS = 200;
const BUCKETS_WIDE = 90;
const BUCKETS_NARROW = 40;
const NARROW_PX = 640;
const FACET_VALUES = 30;
/** Asked for by name where one long value among them made the server leave them out. */
const ALWAYS_FACETS = ['level', 'service', 'language', 'component', 'host'];

export interface Searcher {
  readonly search: Accessor<Search>;
  readonly range: Accessor<Range>;
  /** The field whose values the histogram stacks. */
  readonly by: Accessor<string>;
  /** Null until they are known; those of the last question stay until then. */
  readonly facets: Accessor<readonly Facet[] | null>;
  run(): void;
  /** The next page, when there is one. */
  more(): void;
  cancel(): void;
}

function told(cause: unknown): SearchError {
  const { message, reason, position } = asApiError(cause);
  return { message, reason, position };
}

export function createSearcher(session: Session): Searcher {
  const [search, setSearch] = createSignal<Search>(NO_SEARCH);
  const range = createMemo(() => rangeOf(session.route().own), undefined, {
    equals: (a, b) => a.from === b.from && a.to === b.to,
  });
  const [facets, setFacets] = createSignal<readonly Facet[] | null>(null);
  const by = createMemo(() => session.route().own.by ?? 'level');
  let rows = new AbortController();
  let counts = new AbortController();

  const dispatch = (event: SearchEvent): void => {
    setSearch((old) => reduceSearch(old, event));
  };
  const filter = () => session.route().filter;
  const span = (): Span => ({ from: range().from === ALL ? '' : range().from, to: range().to });

  const count = async (run: number): Promise<void> => {
    counts.abort();
    counts = new AbortController();
    const { signal } = counts;
    dispatch({ type: 'counting', run });
    const wish = { field: by(), buckets: innerWidth < NARROW_PX ? BUCKETS_NARROW : BUCKETS_WIDE };
    try {
      const hits = await readHits(filter(), span(), wish, signal);
      dispatch({ type: 'hits', run, hits });
    } catch {
      // The list says what is wrong; a chart that does not answer is left empty.
      if (!signal.aborted) dispatch({ type: 'hits', run, hits: null });
    }
  };

  const survey = async (): Promise<void> => {
    const { signal } = rows;
    const ask = async (fields?: readonly string[]): Promise<readonly Facet[]> =>
      (await readFacets(filter(), span(), { limit: FACET_VALUES, ...(fields && { fields }) }, signal)).facets;
    try {
      const known = await ask();
      const left = ALWAYS_FACETS.filter((field) => !known.some((facet) => facet.field === field));
      setFacets(known);
      if (known.length > 0 && left.length > 0) setFacets([...known, ...(await ask(left))]);
    } catch {
      if (!signal.aborted) setFacets((old) => old ?? []);
    }
  };

  const read = async (run: number, cursor: string | null): Promise<void> => {
    const { signal } = rows;
    try {
      const page = await findRows(filter(), rangeParams(range()), PAGE_ROWS, cursor, signal);
      dispatch({ type: 'page', run, first: cursor === null, page });
    } catch (cause) {
      if (!signal.aborted) dispatch({ type: 'failed', run, error: told(cause) });
    }
  };

  const run = (): void => {
    rows.abort();
    rows = new AbortController();
    const next = search().run + 1;
    dispatch({ type: 'asked', run: next });
    void read(next, null);
    void count(next);
    void survey();
  };

  // What the question is made of; an opened record or a changed colour asks nothing anew.
  const question = createMemo(() =>
    formatRoute({ page: 'search', filter: filter(), own: { from: range().from, to: range().to } }),
  );
  createEffect(on(question, run));
  createEffect(on(by, () => void count(search().run), { defer: true }));
  onCleanup(() => {
    rows.abort();
    counts.abort();
  });

  return {
    search,
    range,
    by,
    facets,
    run,
    more: () => {
      const { cursor, run: current } = search();
      if (cursor === null || search().more) return;
      dispatch({ type: 'more', run: current });
      void read(current, cursor);
    },
    cancel: () => {
      rows.abort();
      counts.abort();
      dispatch({ type: 'cancelled' });
    },
  };
}
