/** The clients one below the other; only those in sight are in the document, so that two thousand cost no more than ten. */
import { createVirtualizer } from '@tanstack/solid-virtual';
import { createMemo, For, onCleanup, Show } from 'solid-js';
import type { Client } from '../api/types';
import { ClientCard } from './client_card';

/** A card without an error; others are measured when they come into sight. */
const CARD_PX = 86;
const CARD_NARROW_PX = 220;
const NARROW_PX = 1100;
const OVERSCAN_CARDS = 4;

interface Props {
  readonly streams: readonly string[];
  readonly byStream: ReadonlyMap<string, Client>;
  /** The stream whose card is open; empty for none. */
  readonly open: string;
  onToggle(stream: string): void;
}

export function ClientList(props: Props) {
  let box: HTMLDivElement | undefined;
  const virtualizer = createVirtualizer({
    get count() {
      return props.streams.length;
    },
    getScrollElement: () => box ?? null,
    estimateSize: () => (innerWidth < NARROW_PX ? CARD_NARROW_PX : CARD_PX),
    getItemKey: (index) => props.streams[index] ?? index,
    overscan: OVERSCAN_CARDS,
  });
  const range = createMemo(
    () => {
      const items = virtualizer.getVirtualItems();
      return { from: items[0]?.index ?? 0, to: (items.at(-1)?.index ?? -1) + 1 };
    },
    undefined,
    { equals: (a, b) => a.from === b.from && a.to === b.to },
  );
  const shown = createMemo(() => props.streams.slice(range().from, range().to));
  const offset = (): number => virtualizer.getVirtualItems()[0]?.start ?? 0;

  const watch = (element: HTMLLIElement): void => {
    // The virtualizer reads the place from the element, which is in the document a moment later.
    queueMicrotask(() => virtualizer.measureElement(element));
    onCleanup(() => queueMicrotask(() => virtualizer.measureElement(null)));
  };

  return (
    <section class="client-scroll" ref={box} tabindex="0" aria-label="Clients">
      <div class="client-whole" style={{ height: `${virtualizer.getTotalSize()}px` }}>
        <ul class="client-list" style={{ transform: `translateY(${offset()}px)` }}>
          <For each={shown()}>
            {(stream, at) => (
              <li ref={watch} data-index={range().from + at()}>
                <Show when={props.byStream.get(stream)}>
                  {(client) => (
                    <ClientCard
                      client={client()}
                      open={props.open === stream}
                      onToggle={() => props.onToggle(stream)}
                    />
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </div>
    </section>
  );
}
