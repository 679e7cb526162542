/** The window on a long list: which of its entries are in the document, and where. Counted; measured where lines are wrapped. */
import { createVirtualizer } from '@tanstack/solid-virtual';
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js';
import {
  OVERSCAN_ROWS,
  type Place,
  placeOf,
  type RowSpan,
  spanAt,
  spanAtEnd,
  topFor,
} from '../state/row_span';
import type { Density, Settings } from '../state/settings';

/** Also `--row` in tokens.css and stream.css. A wrapped row is at least as high. */
const ROW_PX: Readonly<Record<Density, number>> = { dense: 22, roomy: 28 };

interface List<T> {
  readonly entries: Accessor<readonly T[]>;
  readonly settings: Accessor<Settings>;
  /** What scrolls. */
  box(): HTMLElement | undefined;
  /** True while the end is shown, wherever the list is scrolled. */
  atEnd(): boolean;
  /** Entries that have left the list in front. */
  gone(): number;
}

export interface RowWindow<T> {
  readonly visible: Accessor<readonly T[]>;
  /** Index of the first visible entry. */
  readonly from: Accessor<number>;
  readonly place: Accessor<Place>;
  readonly totalPx: Accessor<number>;
  readonly rowPx: Accessor<number>;
  readonly wrap: Accessor<boolean>;
  /** To be called with every row of a wrapped list. */
  measure(row: HTMLElement): void;
  bring(index: number, align: 'auto' | 'center'): void;
}

export function createRowWindow<T extends { readonly key: string }>(list: List<T>): RowWindow<T> {
  const [topPx, setTopPx] = createSignal(0);
  const [heightPx, setHeightPx] = createSignal(0);
  const wrap = (): boolean => list.settings().wrap;
  const rowPx = (): number => ROW_PX[list.settings().density];
  const view = () => ({ heightPx: heightPx(), rowPx: rowPx() });
  const count = (): number => list.entries().length;

  // Heights are looked after only where they differ: of five thousand rows, ten times a second, that is not for nothing.
  const measured = createVirtualizer({
    get count() {
      return wrap() ? count() : 0;
    },
    getScrollElement: () => list.box() ?? null,
    estimateSize: rowPx,
    // To the fraction of a pixel: rounded heights would add up to a gap at the end.
    measureElement: (row) => row.getBoundingClientRect().height,
    getItemKey: (index) => list.entries()[index]?.key ?? index,
    overscan: OVERSCAN_ROWS,
  });
  // At the end the list itself stays there; places are kept only for somebody who reads above.
  measured.shouldAdjustScrollPositionOnItemSizeChange = () => !list.atEnd();

  const span = createMemo((): RowSpan => {
    if (list.atEnd()) return spanAtEnd(view(), count());
    if (!wrap()) return spanAt(topPx(), view(), count());
    const items = measured.getVirtualItems();
    return { from: items[0]?.index ?? 0, to: (items.at(-1)?.index ?? -1) + 1 };
  });
  const place = createMemo((): Place => {
    const { from } = span();
    if (!wrap()) return placeOf(from, list.gone(), rowPx());
    measured.getVirtualItems();
    return { padPx: measured.measurementsCache[from]?.start ?? from * rowPx(), shiftPx: 0 };
  });

  onMount(() => {
    const box = list.box();
    if (box === undefined) return;
    const onScroll = (): void => void setTopPx(box.scrollTop);
    const resize = new ResizeObserver(() => setHeightPx(box.clientHeight));
    box.addEventListener('scroll', onScroll, { passive: true });
    resize.observe(box);
    onCleanup(() => {
      box.removeEventListener('scroll', onScroll);
      resize.disconnect();
    });
  });
  // Rows of another height: what was measured is forgotten.
  createEffect(on([wrap, rowPx], () => measured.measure(), { defer: true }));

  return {
    visible: createMemo(() => list.entries().slice(span().from, span().to)),
    from: () => span().from,
    place,
    totalPx: () => (wrap() ? measured.getTotalSize() : count() * rowPx()),
    rowPx,
    wrap,
    // A new row is measured once it is in the document.
    measure: (row) => queueMicrotask(() => row.isConnected && measured.measureElement(row)),
    bring: (index, align) => {
      const box = list.box();
      if (wrap()) measured.scrollToIndex(index, { align });
      else box?.scrollTo({ top: topFor(index, box.scrollTop, view(), align) });
    },
  };
}
