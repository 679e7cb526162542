/** The list of records: only what is visible is in the document, each row tied to its record, never reused. */
import { type Accessor, createEffect, createSignal, on, onCleanup, onMount } from 'solid-js';
import { beforeFrame } from '../session/frame';
import { useSession } from '../session/session';
import type { Entry, PauseReason, RowEntry } from '../state/live';
import { GapRow } from './gap_row';
import { createRowWindow } from './row_window';
import { Rows } from './rows';
import { SkipRow } from './skip_row';
import { StreamRow } from './stream_row';

/** How long a scroll may follow from what a hand did: a wheel's or a finger's swing; a drag of the scrollbar. */
const SWING_MS = 1_500;
const DRAG_MS = 10_000;

export function StreamList() {
  const session = useSession();
  const { view } = session;
  let box: HTMLDivElement | undefined;
  let lastTop = 0;
  let handUntilMs = 0;
  const [atEnd, setAtEnd] = createSignal(true);

  const shown = (): readonly Entry[] => view.live().shown;
  const paused = (): boolean => view.live().pause !== null;
  const window = createRowWindow<Entry>({
    entries: shown,
    settings: session.settings,
    box: () => box,
    atEnd,
    gone: () => view.live().gone,
  });

  const pause = (reason: PauseReason): void => view.dispatch({ type: 'pause', reason });
  const toEnd = (): void => {
    if (box !== undefined) box.scrollTop = box.scrollHeight;
  };
  const fromEndPx = (): number =>
    box === undefined ? 0 : box.scrollHeight - box.clientHeight - box.scrollTop;
  const byHand = (forMs: number) => (event: Event) => {
    handUntilMs = event.timeStamp + forMs;
  };
  const onScroll = (event: Event): void => {
    if (box === undefined) return;
    // Rows that change their height move the list too; only a hand means to read.
    const up = box.scrollTop < lastTop - 1 && event.timeStamp < handUntilMs;
    const near = fromEndPx() < window.rowPx();
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
      if (atEnd()) toEnd();
    });
    if (box !== undefined) resize.observe(box);
    // Wrapped rows are measured after they were drawn: the end moves once more.
    const whole = box?.firstElementChild;
    if (whole != null) resize.observe(whole);
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
      // To ask where the end is lays the list out, which takes longer than to write its rows: two tasks.
      beforeFrame(() => {
        if (!paused()) toEnd();
      });
    }),
  );
  // Rows of another height end elsewhere.
  createEffect(
    on(
      [window.wrap, window.rowPx],
      () => {
        if (atEnd()) queueMicrotask(toEnd);
      },
      { defer: true },
    ),
  );
  createEffect(
    on(view.cursor, (key) => {
      const at = key === null ? -1 : shown().findIndex((entry) => entry.key === key);
      if (at >= 0) window.bring(at, 'auto');
    }),
  );

  const draw = (entry: Entry, index?: Accessor<number>) => {
    if (entry.kind === 'gap') return <GapRow entry={entry} />;
    if (entry.kind === 'skip') return <SkipRow entry={entry} />;
    return (
      <StreamRow
        entry={entry}
        current={view.cursor() === entry.key}
        index={index}
        ref={index && window.measure}
        onOpen={() => open(entry)}
      />
    );
  };

  return (
    <div
      class="stream-list"
      classList={{ wrapped: window.wrap(), 'with-nanos': session.settings().nanos }}
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
      <Rows window={window} draw={draw} />
    </div>
  );
}
