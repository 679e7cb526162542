/** What stands beside the live rows: facets and the last five minutes, by the same filter. Asks as seldom as answers are dear. */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { type Facet, readFacets, readHits } from '../api/counts';
import { settleFacets } from '../state/facets';
import { addRecent, BUCKETS, NO_RECENT, type Recent, STEP_MS, seedRecent } from '../state/recent';
import type { Session } from './session';

/** As long as the mini histogram is wide. */
const SPAN = { from: `${(STEP_MS * BUCKETS) / 60_000}m`, to: '' };
const MIN_WAIT_MS = 10_000;
/** The first records after a count that found none are counted almost at once. */
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 300_000;
/** An answer that took a second is asked for again after half a minute: a page costs the server 3 % of a core. */
const REST_TIMES = 30;
const MOST_VALUES = 50;

export interface LiveCounts {
  readonly facets: Accessor<readonly Facet[]>;
  readonly recent: Accessor<Recent>;
  /** True once the store has answered for this filter. */
  readonly counted: Accessor<boolean>;
}

export function createLiveCounts(session: Session): LiveCounts {
  const { view } = session;
  const [facets, setFacets] = createSignal<readonly Facet[]>([]);
  const [recent, setRecent] = createSignal<Recent>(NO_RECENT);
  const [counted, setCounted] = createSignal(false);
  /** Kept with every frame, shown once a second: a chart is dear to draw. */
  let tally = NO_RECENT;
  let timer = 0;
  let tookMs = 0;
  let asked = new AbortController();

  const count = (from: Recent): void => {
    tally = from;
    setRecent(from);
  };
  const read = async (): Promise<void> => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const began = performance.now();
    const filter = view.applied();
    try {
      const hits = await readHits(filter, SPAN, { step: `${STEP_MS / 1000}s` }, signal);
      if (signal.aborted) return;
      count(seedRecent(hits));
      const found = await readFacets(filter, SPAN, { limit: MOST_VALUES }, signal);
      if (signal.aborted) return;
      setFacets((old) => settleFacets(old, found.facets));
      setCounted(true);
    } catch {
      // Numbers beside the list: without an answer the last ones stay, and it is asked again.
    }
    tookMs = performance.now() - began;
    if (!signal.aborted) later();
  };
  const later = (leastMs = MIN_WAIT_MS): void => {
    clearTimeout(timer);
    timer = setTimeout(tick, Math.min(MAX_WAIT_MS, Math.max(leastMs, tookMs * REST_TIMES)));
  };
  const tick = (): void => {
    // Nobody looks, or nobody answers: later.
    if (document.hidden || session.connection.link().phase !== 'live') later();
    else void read();
  };

  createEffect(
    on([view.applied, () => session.connection.link().phase], ([, phase], before) => {
      if (before !== undefined && before[0] !== view.applied()) {
        setFacets([]);
        count(NO_RECENT);
        setCounted(false);
      }
      if (phase === 'live') void read();
    }),
  );
  createEffect(on(session.nowMs, () => setRecent(tally)));
  const deaf = view.hear((frame) => {
    tally = addRecent(tally, session.nowMs(), frame);
    if (frame.rows.length === 0 || !counted() || facets().length > 0) return;
    setCounted(false);
    later(FIRST_WAIT_MS);
  });
  onCleanup(() => {
    deaf();
    clearTimeout(timer);
    asked.abort();
  });

  return { facets, recent, counted };
}
