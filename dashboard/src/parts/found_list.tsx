/** What a search found, newest first and without an end: only what is visible is in the document. */
import { type Accessor, createEffect, type JSX, on } from 'solid-js';
import { useSession } from '../session/session';
import type { FoundEntry } from '../state/search';
import { DayRow } from './day_row';
import { createRowWindow } from './row_window';
import { Rows } from './rows';
import { StreamRow } from './stream_row';

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
  const window = createRowWindow<FoundEntry>({
    entries: () => props.entries,
    settings: session.settings,
    box: () => box,
    atEnd: () => false,
    gone: () => 0,
  });

  createEffect(() => {
    if (window.from() + window.visible().length + AHEAD_ROWS >= props.entries.length) props.onNearEnd?.();
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
    if (at >= 0) queueMicrotask(() => window.bring(at, align));
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

  const draw = (entry: FoundEntry, index?: Accessor<number>) =>
    entry.kind === 'day' ? (
      <DayRow label={entry.label} />
    ) : (
      <StreamRow
        entry={entry}
        index={index}
        ref={index && window.measure}
        current={props.cursor === entry.key || props.marked === entry.key}
        onOpen={() => props.onOpen(entry.key)}
      />
    );

  return (
    <section
      class="stream-list found-list"
      classList={{ wrapped: window.wrap(), 'with-nanos': session.settings().nanos }}
      data-density={session.settings().density}
      ref={box}
      tabindex="0"
      aria-label={props.label}
    >
      <Rows window={window} draw={draw} />
      {props.children}
    </section>
  );
}
