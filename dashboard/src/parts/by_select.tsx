/** Which field the histogram stacks: those that the matching records have, `level` first. */
import { createMemo, For } from 'solid-js';
import type { Facet } from '../api/counts';
import { oneLine } from '../text/line';

const ALWAYS = ['level', 'service', 'language', 'host', 'component'];

interface Props {
  readonly value: string;
  readonly facets: readonly Facet[];
  onChoose(field: string): void;
}

export function BySelect(props: Props) {
  const fields = createMemo(() => {
    const found = props.facets.map(({ field }) => field).sort((a, b) => a.localeCompare(b));
    return [...new Set([...ALWAYS, ...found, props.value])];
  });
  return (
    <label class="by">
      <span class="dim">by</span>
      <select
        class="select"
        aria-label="Field of the histogram"
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        <For each={fields()}>
          {(field) => (
            <option value={field} selected={field === props.value}>
              {oneLine(field, 40)}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
