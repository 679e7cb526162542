/** What a search found, newest first and without an end: only what is visible is in the document. */
import { createVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createMemo, For, type JSX, on } from 'solid-js';
import { useSession } from '../session/session';
import type { FoundEntry } from '../state/search';
import type { Density } from '../state/settings';
import { DayRow } from './day_row';
import { StreamRow } from './stream_row';

/** Also `--row` in tokens.css and row.css. A wrapped row is at least as high. */
const ROW_PX: Readonly<Record<Density, number>> = { dense: 22, roomy: 28 };
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
  /** Key of the row that is brought to the middle when it changes. */
  readonly centre?: string | null;
  /** Grows with every new list, which is then shown from its top. */
  readonly run: number;
  readonly children?: JSX.Element;
  onOpen(key: string): void;
  onNearEnd?(): void;
}

export function FoundList(props: Props) {
  const session = useSession();
  let box: HTMLDivElement | undefined;
  const wrap = (): boolean => session.settings().wrap;
  const rowPx = (): number => ROW_PX[session.settings().density];
  const virtualizer = createVirtualizer({
    get count() {
      return props.entries.length;
    },
    getScrollElement: () => box ?? null,
    estimateSize: () => rowPx(),
    getItemKey: (index) => props.entries[index]?.key ?? index,
    overscan: OVERSCAN_ROWS,
  });
  const range = createMemo((): { from: number; to: number } => {
    const items = virtualizer.getVirtualItems();
    return { from: items[0]?.index ?? 0, to: (items.at(-1)?.index ?? -1) + 1 };
  });
  const visible = createMemo(() => props.entries.slice(range().from, range().to));

  const offsetPx = (): number => virtualizer.getVirtualItems()[0]?.start ?? 0;
  const measure = (row: HTMLLIElement): void => {
    // A new row is measured once it is in the document.
    if (wrap()) queueMicrotask(() => row.isConnected && virtualizer.measureElement(row));
  };

  // Rows of another height: what was measured is forgotten.
  createEffect(on([wrap, rowPx], () => virtualizer.measure(), { defer: true }));
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
  const show = (key: string | null | undefined, align: 'auto' | 'center'): void => {
    const at = key == null ? -1 : props.entries.findIndex((entry) => entry.key === key);
    if (at >= 0) queueMicrotask(() => virtualizer.scrollToIndex(at, { align }));
  };
  createEffect(
    on(
      () => props.cursor,
      (key) => show(key, 'auto'),
    ),
  );
  createEffect(
    on(
      () => props.centre,
      (key) => show(key, 'center'),
    ),
  );

  return (
    <section
      class="stream-list found-list"
      classList={{ wrapped: wrap(), 'with-nanos': session.settings().nanos }}
      data-density={session.settings().density}
      ref={box}
      tabindex="0"
      aria-label={props.label}
    >
      <div
        class="stream-whole found-whole"
        style={{ [wrap() ? 'min-height' : 'height']: `${virtualizer.getTotalSize()}px` }}
      >
        <ol
          class="stream-visible"
          style={wrap() ? { 'padding-top': `${offsetPx()}px` } : { transform: `translateY(${offsetPx()}px)` }}
        >
          <For each={visible()}>
            {(entry, index) =>
              entry.kind === 'day' ? (
                <DayRow label={entry.label} />
              ) : (
                <StreamRow
                  entry={entry}
                  index={range().from + index()}
                  ref={measure}
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
