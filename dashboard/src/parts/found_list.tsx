/** What a search found, newest first and without an end: only what is visible is in the document. */
import { createVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createMemo, For, type JSX, on } from 'solid-js';
import type { FoundEntry } from '../state/search';
import { DayRow } from './day_row';
import { StreamRow } from './stream_row';

/** Also `--row` in tokens.css. */
const ROW_PX = 22;
const OVERSCAN_ROWS = 12;
/** The next page is asked for this many rows before the end is seen. */
const AHEAD_ROWS = 40;

interface Props {
  readonly label: string;
  readonly entries: readonly FoundEntry[];
  /** Key of the row that j and k move. */
  readonly cursor: string | null;
  /** Key of a row that stands out. */
  readonly marked?: string | null;
  /** Grows with every new list, which is then shown from its top. */
  readonly run: number;
  readonly children?: JSX.Element;
  onOpen(key: string): void;
  onNearEnd?(): void;
}

export function FoundList(props: Props) {
  let box: HTMLDivElement | undefined;
  const virtualizer = createVirtualizer({
    get count() {
      return props.entries.length;
    },
    getScrollElement: () => box ?? null,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => props.entries[index]?.key ?? index,
    overscan: OVERSCAN_ROWS,
  });
  const range = createMemo((): { from: number; to: number } => {
    const items = virtualizer.getVirtualItems();
    return { from: items[0]?.index ?? 0, to: (items.at(-1)?.index ?? -1) + 1 };
  });
  const visible = createMemo(() => props.entries.slice(range().from, range().to));

  createEffect(() => {
    if (range().to + AHEAD_ROWS >= props.entries.length) props.onNearEnd?.();
  });
  createEffect(
    on(
      () => props.run,
      () => box?.scrollTo({ top: 0 }),
      { defer: true },
    ),
  );
  createEffect(
    on([() => props.cursor, () => props.marked], ([cursor, marked], before) => {
      const key = cursor ?? marked ?? null;
      const at = key === null ? -1 : props.entries.findIndex((entry) => entry.key === key);
      if (at < 0) return;
      // The marked row is shown amid its neighbours; the cursor moves the list no more than it must.
      const align = cursor === null && before?.[1] !== marked ? 'center' : 'auto';
      queueMicrotask(() => virtualizer.scrollToIndex(at, { align }));
    }),
  );

  return (
    <section class="stream-list found-list" ref={box} tabindex="0" aria-label={props.label}>
      <div class="stream-whole found-whole" style={{ height: `${virtualizer.getTotalSize()}px` }}>
        <ol class="stream-visible" style={{ transform: `translateY(${range().from * ROW_PX}px)` }}>
          <For each={visible()}>
            {(entry) =>
              entry.kind === 'day' ? (
                <DayRow label={entry.label} />
              ) : (
                <StreamRow
                  entry={entry}
                  current={props.cursor === entry.key || props.marked === entry.key}
                  onOpen={() => props.onOpen(entry.key)}
                />
              )
            }
          </For>
        </ol>
      </div>
      {props.children}
    </section>
  );
}
