/** Which rows of a long list are drawn, and where, when all of them have one height. Pure. */

/** Drawn above and below what is in sight, so that a scroll finds rows. */
export const OVERSCAN_ROWS = 12;
/** The same at the end, where all of them go up with every row that comes: enough for the first turn of a wheel. */
const OVERSCAN_END_ROWS = 6;
/** So many rows are put below each other before their box begins anew: a box cannot be endlessly high. */
const TURN_ROWS = 4_096;

/** Rows from `from` to `to`, exclusive. */
export interface RowSpan {
  readonly from: number;
  readonly to: number;
}

export interface View {
  readonly heightPx: number;
  readonly rowPx: number;
}

export function spanAt(topPx: number, { heightPx, rowPx }: View, count: number): RowSpan {
  const first = Math.floor(topPx / rowPx);
  const last = Math.ceil((topPx + heightPx) / rowPx);
  return {
    from: Math.min(count, Math.max(0, first - OVERSCAN_ROWS)),
    to: Math.min(count, last + OVERSCAN_ROWS),
  };
}

/** The newest rows: at the end they are known at once, before the browser tells of a new place. */
export function spanAtEnd({ heightPx, rowPx }: View, count: number): RowSpan {
  return { from: Math.max(0, count - Math.ceil(heightPx / rowPx) - OVERSCAN_END_ROWS), to: count };
}

/** The box of the drawn rows begins `shiftPx` below the list's begin, its first row `padPx` below that. */
export interface Place {
  readonly padPx: number;
  readonly shiftPx: number;
}

/**
 * A row keeps its place within the box for as long as it is drawn: neither new rows nor those that have left the list
 * in front of it (`gone`) move it there. The box moves instead, and a box is moved without being painted again.
 */
export function placeOf(from: number, gone: number, rowPx: number): Place {
  const padPx = ((gone + from) % TURN_ROWS) * rowPx;
  return { padPx, shiftPx: from * rowPx - padPx };
}

/** Where to scroll so that a row can be seen; `topPx` when it can be seen already and need not be in the middle. */
export function topFor(
  index: number,
  topPx: number,
  { heightPx, rowPx }: View,
  align: 'auto' | 'center',
): number {
  const rowTopPx = index * rowPx;
  if (align === 'center') return Math.max(0, rowTopPx - (heightPx - rowPx) / 2);
  return Math.max(rowTopPx + rowPx - heightPx, Math.min(topPx, rowTopPx));
}
