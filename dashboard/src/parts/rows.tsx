/** The rows of a long list that are in the document, each tied to its entry, never reused. */
import { type Accessor, createMemo, For, type JSX, Show } from 'solid-js';
import { useSession } from '../session/session';
import type { RowWindow } from './row_window';

interface Props<T> {
  readonly window: RowWindow<T>;
  /** `index` is there where rows are measured; elsewhere nobody asks for it, and it would change with every row that comes. */
  draw(entry: T, index?: Accessor<number>): JSX.Element;
}

export function Rows<T>(props: Props<T>) {
  const { settings } = useSession();
  const place = () => props.window.place();
  /** Rows are drawn anew when this changes: each of them is written once. */
  const look = createMemo((): string => {
    const { wrap, zone, nanos } = settings();
    return [wrap, zone, nanos].join();
  });
  const counted = (entry: T) => props.draw(entry);
  const measured = (entry: T, at: Accessor<number>) => props.draw(entry, () => props.window.from() + at());

  return (
    <div
      class="stream-whole"
      style={{ [props.window.wrap() ? 'min-height' : 'height']: `${props.window.totalPx()}px` }}
    >
      <ol class="stream-visible" style={{ transform: `translateY(${place().shiftPx}px)` }}>
        {/* Not a padding of the list: a list whose own look changes is painted again as a whole. */}
        <li aria-hidden="true" style={{ height: `${place().padPx}px` }} />
        <Show keyed when={look()}>
          {(_) => <For each={props.window.visible()}>{props.window.wrap() ? measured : counted}</For>}
        </Show>
      </ol>
    </div>
  );
}
