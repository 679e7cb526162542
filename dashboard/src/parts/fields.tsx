/** Names and values of a record, one pair a line; nested values as indented JSON. */
import { createSignal, For, Show } from 'solid-js';
import type { Json } from '../api/types';
import { block, oneLine } from '../text/line';
import { bytes } from '../text/numbers';

/** What a value shows before somebody asks for all of it. */
const VALUE_CHARS = 64 * 1024;

export interface Field {
  readonly name: string;
  readonly value: Json;
}

function words(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function kind(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

export function LongText(props: { readonly text: string; readonly class?: string }) {
  const [all, setAll] = createSignal(false);
  const cut = (): boolean => !all() && props.text.length > VALUE_CHARS;
  return (
    <>
      <span class={props.class}>{block(cut() ? props.text.slice(0, VALUE_CHARS) : props.text)}</span>
      <Show when={cut()}>
        <button type="button" class="button more" onClick={() => setAll(true)}>
          Show all {bytes(props.text.length)}
        </button>
      </Show>
    </>
  );
}

export function Fields(props: { readonly fields: readonly Field[] }) {
  return (
    <dl class="fields">
      <For each={props.fields}>
        {(field) => (
          <>
            <dt>{oneLine(field.name, 256)}</dt>
            <dd class={`value-${kind(field.value)}`}>
              <LongText text={words(field.value)} />
            </dd>
          </>
        )}
      </For>
    </dl>
  );
}
