/** Names and values of a record, one pair a line; nested values as indented JSON. */
import { createSignal, For, Show } from 'solid-js';
import type { Json } from '../api/types';
import { type Choice, canName } from '../state/terms';
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

/** Longer values are texts; nobody filters by one. */
const CHOICE_CHARS = 128;

function choosable(field: Field): boolean {
  const { value } = field;
  if (value === null || typeof value === 'object' || !canName(field.name)) return false;
  return String(value) !== '' && String(value).length <= CHOICE_CHARS;
}

interface Props {
  readonly fields: readonly Field[];
  /** Without it values cannot be filtered by. */
  onChoose?(field: string, value: string, choice: Choice): void;
}

function Choices(props: { readonly field: Field; onChoose: Required<Props>['onChoose'] }) {
  const value = (): string => String(props.field.value);
  return (
    <span class="field-choices">
      <button
        type="button"
        title="Only records with this value"
        aria-label={`Only ${props.field.name} ${oneLine(value(), CHOICE_CHARS)}`}
        onClick={() => props.onChoose(props.field.name, value(), 'include')}
      >
        =
      </button>
      <button
        type="button"
        title="Without these records"
        aria-label={`Without ${props.field.name} ${oneLine(value(), CHOICE_CHARS)}`}
        onClick={() => props.onChoose(props.field.name, value(), 'exclude')}
      >
        ⊘
      </button>
    </span>
  );
}

export function Fields(props: Props) {
  return (
    <dl class="fields">
      <For each={props.fields}>
        {(field) => (
          <>
            <dt>{oneLine(field.name, 256)}</dt>
            <dd class={`value-${kind(field.value)}`}>
              <LongText text={words(field.value)} />
              <Show when={choosable(field) ? props.onChoose : undefined}>
                {(choose) => <Choices field={field} onChoose={(...args) => choose()(...args)} />}
              </Show>
            </dd>
          </>
        )}
      </For>
    </dl>
  );
}
