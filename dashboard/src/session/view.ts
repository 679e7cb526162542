/** The live view: the filter that the server applies, the list it feeds, and the rows read back from the store. */
import { type Accessor, batch, createSignal } from 'solid-js';
import { ApiError, asApiError } from '../api/http';
import { EVERYTHING, type Filter, type QueryError, sameFilter, viewMessage } from '../api/query';
import { newestRows, rowsBetween, type Stored } from '../api/rows';
import type { ErrorFrame, Frame, Row, RowsFrame } from '../api/types';
import { CAP_ROWS, EMPTY_LIVE, type Live, type LiveEvent, reduceLive } from '../state/live';
import { addBeat, NO_PACE, type Pace } from '../state/pace';
import { type SkipEntry, skippedSpan } from '../state/skip';
import { createFlush } from './flush';

/** Rows that a fresh view starts with. */
const FIRST_ROWS = 300;
/** Clocks and batches are not exact: read a little more than the gap, duplicates fall out by id. */
const OVERLAP_MS = 10_000;
/** A server that has just come back may not answer the first question: it is asked so often, a second apart. */
const TRIES = 4;
const BETWEEN_TRIES_MS = 1_000;

export interface View {
  readonly live: Accessor<Live>;
  readonly pace: Accessor<Pace>;
  readonly error: Accessor<QueryError | null>;
  /** The filter that the rows of now were chosen by. */
  readonly applied: Accessor<Filter>;
  /** True until the store has answered for the first time. */
  readonly loading: Accessor<boolean>;
  /** The row whose details are open. */
  readonly open: Accessor<Row | null>;
  /** The key of the row that j and k move. */
  readonly cursor: Accessor<string | null>;
  setOpen(row: Row | null): void;
  setCursor(key: string | null): void;
  dispatch(event: LiveEvent): void;
  setFilter(filter: Filter): void;
  opened(budget: number, lostAtMs: number | null): void;
  frame(frame: Frame): void;
  lost(atMs: number): void;
  /** Calls with every frame of rows of the applied filter; the answer ends that. */
  hear(listener: (frame: RowsFrame) => void): () => void;
  /** Reads back from the store what the budget held back at this place. */
  unfold(skip: SkipEntry): Promise<void>;
}

async function persistently<T>(read: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const { status } = asApiError(cause);
    if (tries <= 1 || (status > 0 && status < 500)) throw cause;
    await new Promise((done) => setTimeout(done, BETWEEN_TRIES_MS));
    return persistently(read, tries - 1);
  }
}

export function createView(first: Filter, send: (message: string) => void, skewMs: () => number): View {
  const [live, setLive] = createSignal<Live>(EMPTY_LIVE);
  const [pace, setPace] = createSignal<Pace>(NO_PACE);
  const [error, setError] = createSignal<QueryError | null>(null);
  const [loading, setLoading] = createSignal(true);
  const [open, setOpen] = createSignal<Row | null>(null);
  const [cursor, setCursor] = createSignal<string | null>(null);

  let wanted = first;
  const [applied, setApplied] = createSignal<Filter>(EVERYTHING, { equals: sameFilter });
  const listeners = new Set<(frame: RowsFrame) => void>();
  let budget = 200;
  let lostAtMs: number | null = null;
  let reading = 0;
  /** Views sent and not answered yet; rows that come meanwhile belong to an older one. */
  const asked: { filter: Filter; restart: boolean }[] = [];

  const dispatch = (event: LiveEvent): void => {
    setLive((old) => reduceLive(old, event));
  };

  const frames = createFlush<RowsFrame>((items) => {
    const now = performance.now();
    batch(() => {
      for (const frame of items) {
        dispatch({ type: 'frame', frame });
        setPace((old) => addBeat(old, now, frame.matched, frame.rows.length));
        for (const listener of listeners) listener(frame);
      }
    });
  });

  const filled = (mine: number, stored: Stored): void => {
    // An answer to a question that nobody asks any more.
    if (mine !== reading) return;
    dispatch({ type: 'fill', ...stored, atMs: Date.now() });
    setLoading(false);
  };

  const fill = async (fromMs: number | null): Promise<void> => {
    reading += 1;
    const mine = reading;
    const from = fromMs === null ? null : fromMs + skewMs() - OVERLAP_MS;
    try {
      const filter = applied();
      const most = fromMs === null ? FIRST_ROWS : CAP_ROWS;
      filled(mine, await persistently(() => newestRows(filter, from, most)));
    } catch (cause) {
      // The gap stays in the list, unfilled and visible.
      filled(mine, { rows: [], complete: false });
      if (cause instanceof ApiError && cause.reason === 'query') {
        setError({ error: cause.message, position: cause.position });
      }
    }
  };

  const unfold = async (skip: SkipEntry): Promise<void> => {
    const span = skippedSpan(skip);
    if (span === null || skip.read === 'reading') return;
    const { key } = skip;
    dispatch({ type: 'unfolding', key, read: 'reading' });
    try {
      dispatch({ type: 'unfold', key, ...(await rowsBetween(applied(), span)) });
    } catch {
      dispatch({ type: 'unfolding', key, read: 'failed' });
    }
  };

  const ask = (restart: boolean): void => {
    asked.push({ filter: wanted, restart });
    send(viewMessage(wanted, budget));
  };

  const restart = (): void => {
    frames.drop();
    setLoading(true);
    setOpen(null);
    setCursor(null);
    setPace(NO_PACE);
    dispatch({ type: 'clear' });
  };

  const accepted = (): void => {
    const view = asked.shift();
    if (view === undefined) return;
    batch(() => {
      setApplied(view.filter);
      setError(null);
      if (view.restart) restart();
    });
    void fill(view.restart ? null : lostAtMs);
  };

  const refused = (frame: ErrorFrame): void => {
    const view = asked.shift();
    const inText = frame.parameter === undefined || frame.parameter === 'q';
    setError({ error: frame.error, position: inText ? (frame.position ?? null) : null });
    if (view !== undefined && !view.restart) void fill(lostAtMs);
  };

  return {
    live,
    pace,
    error,
    applied,
    loading,
    open,
    cursor,
    setOpen,
    setCursor,
    dispatch,
    setFilter: (filter) => {
      if (sameFilter(filter, wanted) && error() === null) return;
      wanted = filter;
      ask(true);
    },
    opened: (newBudget, newLostAtMs) => {
      budget = newBudget;
      lostAtMs = newLostAtMs;
      setApplied(EVERYTHING);
      asked.length = 0;
      if (sameFilter(wanted, EVERYTHING)) void fill(lostAtMs);
      else ask(false);
    },
    frame: (frame) => {
      if (frame.type === 'rows' && asked.length === 0) frames.push(frame);
      else if (frame.type === 'view') accepted();
      else if (frame.type === 'error' && frame.reason === 'query') refused(frame);
    },
    lost: (atMs) => dispatch({ type: 'lost', atMs }),
    hear: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    unfold,
  };
}
