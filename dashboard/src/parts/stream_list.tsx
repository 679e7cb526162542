/** The list of records: only what is visible is in the document, each row tied to its record, never reused. */
import { createVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, For, on, onCleanup, onMount } from 'solid-js';
import { useSession } from '../session/session';
import type { Entry, PauseReason, RowEntry } from '../state/live';
import type { Density } from '../state/settings';
import { GapRow } from './gap_row';
import { SkipRow } from './skip_row';
import { StreamRow } from './stream_row';

/** Also `--row` in tokens.css and row.css. A wrapped row is at least as high. */
const ROW_PX: Readonly<Record<Density, number>> = { dense: 22, roomy: 28 };
const OVERSCAN_ROWS = 12;
/** How long a scroll may follow from what a hand did: a wheel's or a finger's swing; a drag of the scrollbar. */
const SWING_MS = 1_500;
const DRAG_MS = 10_000;

export function StreamList() {
  const session = useSession();
  const { view } = session;
  let box: HTMLDivElement | undefined;
  let whole: HTMLDivElement | undefined;
  let lastTop = 0;
  let handUntilMs = 0;
  // At the end the rows to draw are known at once. The virtualizer hears of a new place only with the scroll
  // event of the next frame, and until then the list would be blank at every burst.
  const [atEnd, setAtEnd] = createSignal(true);
  const [heightPx, setHeightPx] = createSignal(0);

  const wrap = (): boolean => session.settings().wrap;
  const rowPx = (): number => ROW_PX[session.settings().density];
  const shown = (): readonly Entry[] => view.live().shown;
  const paused = (): boolean => view.live().pause !== null;
  const virtualizer = createVirtualizer({
    get count() {
      return shown().length;
    },
    getScrollElement: () => box ?? null,
    estimateSize: () => rowPx(),
    // To the fraction of a pixel: rounded heights would add up to a gap at the end.
    measureElement: (row) => row.getBoundingClientRect().height,
    getItemKey: (index) => shown()[index]?.key ?? index,
    overscan: OVERSCAN_ROWS,
  });
  // At the end the list itself stays there; the virtualizer keeps its place only for somebody who reads above.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => !atEnd();
  /** The rows to be drawn, `to` exclusive. */
  const range = createMemo((): { from: number; to: number } => {
    const to = shown().length;
    if (atEnd()) return { from: Math.max(0, to - Math.ceil(heightPx() / rowPx()) - OVERSCAN_ROWS), to };
    const items = virtualizer.getVirtualItems();
    return { from: items[0]?.index ?? 0, to: (items.at(-1)?.index ?? -1) + 1 };
  });
  const visible = createMemo((): readonly Entry[] => shown().slice(range().from, range().to));
  /** Where the first drawn row begins. Wrapped rows have the heights that were measured. */
  const offsetPx = (): number => {
    if (!wrap()) return range().from * rowPx();
    virtualizer.getVirtualItems();
    return virtualizer.measurementsCache[range().from]?.start ?? range().from * rowPx();
  };

  const pause = (reason: PauseReason): void => view.dispatch({ type: 'pause', reason });
  const toEnd = (): void => {
    if (box !== undefined) box.scrollTop = box.scrollHeight;
  };
  const fromEndPx = (): number =>
    box === undefined ? 0 : box.scrollHeight - box.clientHeight - box.scrollTop;
  const measure = (row: HTMLLIElement): void => {
    // A new row is measured once it is in the document.
    if (wrap()) queueMicrotask(() => row.isConnected && virtualizer.measureElement(row));
  };

  const byHand = (forMs: number) => (event: Event) => {
    handUntilMs = event.timeStamp + forMs;
  };
  const onScroll = (event: Event): void => {
    if (box === undefined) return;
    // Rows that change their height move the list too; only a hand means to read.
    const up = box.scrollTop < lastTop - 1 && event.timeStamp < handUntilMs;
    const near = fromEndPx() < rowPx();
    lastTop = box.scrollTop;
    if (up && !near && !paused()) pause('scroll');
    else if (!up && near && view.live().pause?.reason === 'scroll') view.dispatch({ type: 'resume' });
    if (paused() && !near) setAtEnd(false);
  };
  const onSelection = (): void => {
    const selection = getSelection();
    if (selection === null || selection.isCollapsed || box === undefined) return;
    if (box.contains(selection.anchorNode)) pause('selection');
  };
  const open = (entry: RowEntry): void => {
    pause('row');
    view.setCursor(entry.key);
    view.setOpen(entry.row);
  };

  onMount(() => {
    queueMicrotask(toEnd);
    document.addEventListener('selectionchange', onSelection);
    const resize = new ResizeObserver(() => {
      setHeightPx(box?.clientHeight ?? 0);
      if (atEnd()) toEnd();
    });
    if (box !== undefined) resize.observe(box);
    // Wrapped rows are measured after they were drawn: the end moves once more.
    if (whole !== undefined) resize.observe(whole);
    onCleanup(() => {
      document.removeEventListener('selectionchange', onSelection);
      resize.disconnect();
    });
  });
  // Follows the end as long as the view is live.
  createEffect(
    on([shown, paused], () => {
      if (paused()) return;
      setAtEnd(true);
      queueMicrotask(toEnd);
    }),
  );
  // Rows of another height: what was measured is forgotten.
  createEffect(
    on(
      [wrap, rowPx],
      () => {
        virtualizer.measure();
        if (atEnd()) queueMicrotask(toEnd);
      },
      { defer: true },
    ),
  );
  createEffect(
    on(view.cursor, (key) => {
      const at = key === null ? -1 : shown().findIndex((entry) => entry.key === key);
      if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' });
    }),
  );

  const draw = (entry: Entry, index: () => number) => {
    if (entry.kind === 'gap') return <GapRow entry={entry} />;
    if (entry.kind === 'skip') return <SkipRow entry={entry} />;
    return (
      <StreamRow
        entry={entry}
        current={view.cursor() === entry.key}
        index={range().from + index()}
        ref={measure}
        onOpen={() => open(entry)}
      />
    );
  };

  return (
    <div
      class="stream-list"
      classList={{ wrapped: wrap(), 'with-nanos': session.settings().nanos }}
      data-density={session.settings().density}
      ref={box}
      onScroll={onScroll}
      onWheel={byHand(SWING_MS)}
      onTouchMove={byHand(SWING_MS)}
      onKeyDown={byHand(SWING_MS)}
      onPointerDown={byHand(DRAG_MS)}
      tabindex="0"
      role="log"
      aria-live="off"
      aria-label="Records"
    >
      <div
        class="stream-whole"
        style={{ [wrap() ? 'min-height' : 'height']: `${virtualizer.getTotalSize()}px` }}
      >
        <ol
          class="stream-visible"
          style={wrap() ? { 'padding-top': `${offsetPx()}px` } : { transform: `translateY(${offsetPx()}px)` }}
        >
          <For each={visible()}>{draw}</For>
        </ol>
      </div>
    </div>
  );
}
