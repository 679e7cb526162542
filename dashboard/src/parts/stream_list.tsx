/** The list of records: only what is visible is in the document, each row tied to its record, never reused. */
import { createVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createMemo, For, on, onCleanup, onMount } from 'solid-js';
import { useSession } from '../session/session';
import type { Entry, PauseReason } from '../state/live';
import { GapRow } from './gap_row';
import { StreamRow } from './stream_row';

/** Also `--row` in tokens.css. */
const ROW_PX = 22;
const OVERSCAN_ROWS = 12;

export function StreamList() {
  const session = useSession();
  const { view } = session;
  let box: HTMLDivElement | undefined;
  let lastTop = 0;

  const shown = (): readonly Entry[] => view.live().shown;
  const paused = (): boolean => view.live().pause !== null;
  const virtualizer = createVirtualizer({
    get count() {
      return shown().length;
    },
    getScrollElement: () => box ?? null,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => shown()[index]?.key ?? index,
    overscan: OVERSCAN_ROWS,
  });
  const visible = createMemo((): readonly Entry[] => {
    const items = virtualizer.getVirtualItems();
    const first = items[0];
    const last = items.at(-1);
    return first && last ? shown().slice(first.index, last.index + 1) : [];
  });
  const offsetPx = (): number => virtualizer.getVirtualItems()[0]?.start ?? 0;

  const pause = (reason: PauseReason): void => view.dispatch({ type: 'pause', reason });
  const toEnd = (): void => {
    if (box !== undefined) box.scrollTop = box.scrollHeight;
  };
  const fromEndPx = (): number =>
    box === undefined ? 0 : box.scrollHeight - box.clientHeight - box.scrollTop;

  const onScroll = (): void => {
    if (box === undefined) return;
    const up = box.scrollTop < lastTop - 1;
    const atEnd = fromEndPx() < ROW_PX;
    lastTop = box.scrollTop;
    if (up && !atEnd && !paused()) pause('scroll');
    else if (!up && atEnd && view.live().pause?.reason === 'scroll') view.dispatch({ type: 'resume' });
  };
  const onSelection = (): void => {
    const selection = getSelection();
    if (selection === null || selection.isCollapsed || box === undefined) return;
    if (box.contains(selection.anchorNode)) pause('selection');
  };
  const open = (entry: Entry): void => {
    if (entry.kind !== 'row') return;
    pause('row');
    view.setCursor(entry.key);
    view.setOpen(entry.row);
  };

  onMount(() => {
    queueMicrotask(toEnd);
    document.addEventListener('selectionchange', onSelection);
    const resize = new ResizeObserver(() => {
      if (!paused()) toEnd();
    });
    if (box !== undefined) resize.observe(box);
    onCleanup(() => {
      document.removeEventListener('selectionchange', onSelection);
      resize.disconnect();
    });
  });
  // Follows the end as long as the view is live.
  createEffect(
    on([shown, paused], () => {
      if (!paused()) queueMicrotask(toEnd);
    }),
  );
  createEffect(
    on(view.cursor, (key) => {
      const at = key === null ? -1 : shown().findIndex((entry) => entry.key === key);
      if (at >= 0) virtualizer.scrollToIndex(at, { align: 'auto' });
    }),
  );

  return (
    <div
      class="stream-list"
      ref={box}
      onScroll={onScroll}
      tabindex="0"
      role="log"
      aria-live="off"
      aria-label="Records"
    >
      <div class="stream-whole" style={{ height: `${virtualizer.getTotalSize()}px` }}>
        <ol class="stream-visible" style={{ transform: `translateY(${offsetPx()}px)` }}>
          <For each={visible()}>
            {(entry) =>
              entry.kind === 'row' ? (
                <StreamRow entry={entry} current={view.cursor() === entry.key} onOpen={() => open(entry)} />
              ) : (
                <GapRow entry={entry} />
              )
            }
          </For>
        </ol>
      </div>
    </div>
  );
}
