/** The list of live records as a pure reducer: what is shown, what is held while paused, what was skipped. */
import type { Level, Row, RowsFrame } from '../api/types';
import { appendFrame, markSkip, type SkipEntry, unfold } from './skip';

/** Most entries kept in the list; the oldest leave first. Memory is bounded by this, not by time. */
export const CAP_ROWS = 5_000;

export interface RowEntry {
  readonly kind: 'row';
  readonly key: string;
  readonly row: Row;
}

/** The place where the connection was lost: never silently closed, told with what could be read back. */
export interface GapEntry {
  readonly kind: 'gap';
  readonly key: string;
  readonly lostAtMs: number;
  /** Null while the store has not answered. */
  readonly filled: { readonly rows: number; readonly complete: boolean; readonly lastedMs: number } | null;
}

export type Entry = RowEntry | GapEntry | SkipEntry;

export type PauseReason = 'button' | 'scroll' | 'selection' | 'row';

export interface Pause {
  readonly reason: PauseReason;
  /** Records that matched since, shown or skipped: exact. */
  readonly fresh: number;
  readonly errors: number;
}

export interface Live {
  /** What the list shows, oldest first. Does not change while paused. */
  readonly shown: readonly Entry[];
  /** Entries that have left it in front: with them every entry has a place that stays. */
  readonly gone: number;
  /** What has come in while paused. */
  readonly held: readonly Entry[];
  readonly pause: Pause | null;
  /** Records held back by the budget since the view began: exact. */
  readonly skipped: number;
  readonly matched: number;
}

export type LiveEvent =
  | { readonly type: 'frame'; readonly frame: RowsFrame }
  | { readonly type: 'pause'; readonly reason: PauseReason }
  | { readonly type: 'resume' }
  /** A new view: the list starts over. */
  | { readonly type: 'clear' }
  | { readonly type: 'lost'; readonly atMs: number }
  /** Stored rows, oldest first, for the newest open gap; without one they go before everything. */
  | {
      readonly type: 'fill';
      readonly rows: readonly Row[];
      readonly complete: boolean;
      readonly atMs: number;
    }
  /** Records that the budget held back are being read from the store, or could not be. Also pauses. */
  | { readonly type: 'unfolding'; readonly key: string; readonly read: 'reading' | 'failed' }
  | {
      readonly type: 'unfold';
      readonly key: string;
      readonly rows: readonly Row[];
      readonly complete: boolean;
    };

export const EMPTY_LIVE: Live = { shown: [], gone: 0, held: [], pause: null, skipped: 0, matched: 0 };

export function isError(level: Level | string): boolean {
  return level === 'ERROR' || level === 'CRITICAL';
}

function newest(entries: readonly Entry[], cap: number): readonly Entry[] {
  return entries.length > cap ? entries.slice(entries.length - cap) : entries;
}

function show(live: Live, entries: readonly Entry[], cap: number): Live {
  const shown = newest(entries, cap);
  return { ...live, shown, gone: live.gone + entries.length - shown.length };
}

/**
 * Rows not in the list yet. A record comes twice when the store and the socket both bring it. The few that come are
 * looked for among the many that are there, ten times a second: a set of the many would cost more than all the rest.
 */
function unseen(live: Live, rows: readonly Row[]): RowEntry[] {
  const fresh = new Map<string, RowEntry>();
  for (const row of rows) {
    if (!fresh.has(row.id)) fresh.set(row.id, { kind: 'row', key: row.id, row });
  }
  for (const entry of live.shown) fresh.delete(entry.key);
  for (const entry of live.held) fresh.delete(entry.key);
  return [...fresh.values()];
}

function countErrors(entries: readonly RowEntry[]): number {
  return entries.reduce((sum, entry) => sum + (isError(entry.row.level) ? 1 : 0), 0);
}

function skippedErrors(frame: RowsFrame): number {
  const by = frame.skipped_by_level ?? {};
  return (by.ERROR ?? 0) + (by.CRITICAL ?? 0);
}

function onFrame(live: Live, frame: RowsFrame, cap: number): Live {
  const fresh = unseen(live, frame.rows);
  const counts = { skipped: live.skipped + frame.skipped, matched: live.matched + frame.matched };
  if (live.pause === null) {
    return show({ ...live, ...counts }, appendFrame(live.shown, fresh, frame, live.matched), cap);
  }
  const pause: Pause = {
    reason: live.pause.reason,
    fresh: live.pause.fresh + fresh.length + frame.skipped,
    errors: live.pause.errors + countErrors(fresh) + skippedErrors(frame),
  };
  const held = newest(appendFrame(live.held, fresh, frame, live.matched), cap);
  return { ...live, ...counts, pause, held };
}

function onResume(live: Live, cap: number): Live {
  return show({ ...live, held: [], pause: null }, [...live.shown, ...live.held], cap);
}

function onPause(live: Live, reason: PauseReason): Live {
  return live.pause === null ? { ...live, pause: { reason, fresh: 0, errors: 0 } } : live;
}

function onUnfolding(live: Live, event: Extract<LiveEvent, { type: 'unfolding' }>): Live {
  const frozen = onPause(live, 'row');
  return { ...frozen, shown: markSkip(frozen.shown, event.key, event.read) };
}

/** The list may grow beyond its bound by what was asked for; the bound holds again when it is live. */
function onUnfold(live: Live, event: Extract<LiveEvent, { type: 'unfold' }>): Live {
  const fresh = unseen(live, event.rows);
  return { ...live, shown: unfold(live.shown, event.key, fresh, event.complete) };
}

function onLost(live: Live, atMs: number): Live {
  const gap: GapEntry = { kind: 'gap', key: `gap-${atMs}`, lostAtMs: atMs, filled: null };
  const last = (live.pause === null ? live.shown : live.held).at(-1);
  // A connection that is lost again before anything came is still the same gap.
  if (last?.kind === 'gap' && last.filled === null) return live;
  if (live.shown.length === 0) return live;
  return live.pause === null
    ? { ...live, shown: [...live.shown, gap] }
    : { ...live, held: [...live.held, gap] };
}

function openGap(entries: readonly Entry[]): number {
  return entries.findLastIndex((entry) => entry.kind === 'gap' && entry.filled === null);
}

function closeGap(
  entries: readonly Entry[],
  at: number,
  fresh: readonly RowEntry[],
  event: Extract<LiveEvent, { type: 'fill' }>,
): readonly Entry[] {
  const gap = entries[at];
  if (gap?.kind !== 'gap') return entries;
  const filled = {
    rows: fresh.length,
    complete: event.complete,
    lastedMs: Math.max(0, event.atMs - gap.lostAtMs),
  };
  return [...entries.slice(0, at), { ...gap, filled }, ...fresh, ...entries.slice(at + 1)];
}

function onFill(live: Live, event: Extract<LiveEvent, { type: 'fill' }>, cap: number): Live {
  const fresh = unseen(live, event.rows);
  const held = openGap(live.held);
  if (held >= 0 && live.pause !== null) {
    const pause: Pause = {
      reason: live.pause.reason,
      fresh: live.pause.fresh + fresh.length,
      errors: live.pause.errors + countErrors(fresh),
    };
    return { ...live, pause, held: newest(closeGap(live.held, held, fresh, event), cap) };
  }
  const shown = openGap(live.shown);
  return show(live, shown >= 0 ? closeGap(live.shown, shown, fresh, event) : [...fresh, ...live.shown], cap);
}

export function reduceLive(live: Live, event: LiveEvent, cap: number = CAP_ROWS): Live {
  switch (event.type) {
    case 'frame':
      return onFrame(live, event.frame, cap);
    case 'pause':
      return onPause(live, event.reason);
    case 'resume':
      return live.pause === null ? live : onResume(live, cap);
    case 'clear':
      return EMPTY_LIVE;
    case 'lost':
      return onLost(live, event.atMs);
    case 'fill':
      return onFill(live, event, cap);
    case 'unfolding':
      return onUnfolding(live, event);
    case 'unfold':
      return onUnfold(live, event);
  }
}
