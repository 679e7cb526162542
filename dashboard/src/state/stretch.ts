/** A stretch of time that is being chosen on a chart of bars, by pointer or by keys. Pure. */

export interface Bars {
  readonly startMs: number;
  readonly stepMs: number;
  readonly buckets: number;
}

/** Times and not places: the bars of a live chart move on under a choice. */
export interface Stretch {
  /** Where the choice began: the beginning of a bar. */
  readonly anchorMs: number;
  /** The bar that moves: before the other, behind it, or the same. */
  readonly cursorMs: number;
}

/** Places of the first and the last bar. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly cursor: number;
}

/** What a key asks for: another choice, none, or that this one counts. */
export type StretchKey =
  | { readonly kind: 'choose'; readonly stretch: Stretch }
  | { readonly kind: 'clear' }
  | { readonly kind: 'apply' };

const LEAP = 10;

export function barTime(bars: Bars, place: number): number {
  return bars.startMs + place * bars.stepMs;
}

export function oneBar(bars: Bars, place: number): Stretch {
  return { anchorMs: barTime(bars, place), cursorMs: barTime(bars, place) };
}

/** The bars of a choice as far as they are still on the chart; null when none of them is. */
export function spanOf(bars: Bars, stretch: Stretch | null): Span | null {
  if (stretch === null) return null;
  const place = (ms: number): number => Math.floor((ms - bars.startMs) / bars.stepMs);
  const [anchor, cursor] = [place(stretch.anchorMs), place(stretch.cursorMs)];
  const [first, last] = [Math.min(anchor, cursor), Math.max(anchor, cursor)];
  if (last < 0 || first >= bars.buckets) return null;
  const held = (at: number): number => Math.max(0, Math.min(bars.buckets - 1, at));
  return { first: held(first), last: held(last), cursor: held(cursor) };
}

function target(key: string, cursor: number | null, buckets: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    PageUp: LEAP,
    PageDown: -LEAP,
    Home: -buckets,
    End: buckets,
  };
  const step = steps[key];
  if (step === undefined) return null;
  // Without a choice, a key comes in from the end that it points away from; Home and End from where they lead.
  if (cursor === null) return step > 0 !== (key === 'Home' || key === 'End') ? 0 : buckets - 1;
  return Math.max(0, Math.min(buckets - 1, cursor + step));
}

/** What a key means here; null for one that is not ours. */
export function stretchKey(
  bars: Bars,
  stretch: Stretch | null,
  key: string,
  extend: boolean,
): StretchKey | null {
  const span = spanOf(bars, stretch);
  if (key === 'Enter') return span === null ? null : { kind: 'apply' };
  // Nothing to give up: the page's own Escape.
  if (key === 'Escape') return span === null ? null : { kind: 'clear' };
  if (bars.buckets < 1) return null;
  const to = target(key, span?.cursor ?? null, bars.buckets);
  if (to === null) return null;
  const moved = oneBar(bars, to);
  const kept = extend && span !== null && stretch !== null ? stretch.anchorMs : moved.anchorMs;
  return { kind: 'choose', stretch: { anchorMs: kept, cursorMs: moved.cursorMs } };
}
