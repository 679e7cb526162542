/** Fields and their values with counts: a click includes, the second button or alt and a click excludes. Takes data, asks for none. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import type { Facet, FacetValue } from '../api/counts';
import { arrangeFacets, OPEN_FACETS } from '../state/facets';
import { type Choice, canName } from '../state/terms';
import { languageLabel } from '../text/language';
import { levelWords } from '../text/level';
import { oneLine } from '../text/line';
import { count, plural, short } from '../text/numbers';

/** Values before somebody asks for all. */
const FIRST_VALUES = 6;
const VALUE_CHARS = 60;

interface Chosen {
  /** What the query says of a value already. */
  choiceOf(field: string, value: string): Choice | null;
  onChoose(field: string, value: string, choice: Choice): void;
}

interface Props extends Chosen {
  readonly facets: readonly Facet[];
  /** A word when there is nothing to show, such as "Reading…". */
  readonly quiet: string;
}

function words(field: string, value: string): string {
  if (value === '') return '(empty)';
  if (field === 'level') return levelWords(value).label;
  return field === 'language' ? languageLabel(value) : oneLine(value, VALUE_CHARS);
}

function Value(
  props: Chosen & { readonly field: string; readonly value: FacetValue; readonly most: number },
) {
  const name = (): string => words(props.field, props.value.value);
  const chosen = (): Choice | null => props.choiceOf(props.field, props.value.value);
  const choose = (choice: Choice): void => props.onChoose(props.field, props.value.value, choice);
  return (
    <li class="facet-value" classList={{ [`facet-${chosen()}`]: chosen() !== null }}>
      <button
        type="button"
        class="facet-include"
        aria-pressed={chosen() === 'include'}
        disabled={!canName(props.field)}
        title={`Only ${props.field}: ${oneLine(props.value.value, 200)} (alt-click: without)`}
        onClick={(event) => choose(event.altKey ? 'exclude' : 'include')}
      >
        <i class="facet-share" style={{ width: `${(props.value.count / props.most) * 100}%` }} />
        <Show when={props.field === 'level'}>
          <span
            class={`level level-${levelWords(props.value.value).name}`}
            data-sign={levelWords(props.value.value).sign}
            aria-hidden="true"
          />
        </Show>
        <bdi class="facet-name">{name()}</bdi>
        <span class="facet-count" title={count(props.value.count)}>
          {short(props.value.count)}
        </span>
      </button>
      <button
        type="button"
        class="facet-exclude"
        aria-label={`Without ${props.field} ${name()}`}
        aria-pressed={chosen() === 'exclude'}
        disabled={!canName(props.field)}
        title="Without these"
        onClick={() => choose('exclude')}
      >
        ⊘
      </button>
    </li>
  );
}

/** Keyed by the value itself, so that a button keeps its place and its focus when counts change. */
function FacetGroup(props: Chosen & { readonly facet: Facet }) {
  const [all, setAll] = createSignal(false);
  const most = (): number => Math.max(1, ...props.facet.values.map((value) => value.count));
  const shown = (): readonly FacetValue[] =>
    all() ? props.facet.values : props.facet.values.slice(0, FIRST_VALUES);
  const countOf = (name: string) => props.facet.values.find(({ value }) => value === name);
  const hidden = (): number => props.facet.values.length - shown().length;
  return (
    <details class="facet" open={OPEN_FACETS.has(props.facet.field)} data-facet={props.facet.field}>
      <summary>
        <bdi class="facet-field">{oneLine(props.facet.field, VALUE_CHARS)}</bdi>
        <span class="dim">
          {props.facet.values.length}
          {props.facet.more ? '+' : ''}
        </span>
      </summary>
      <ul>
        <For each={shown().map(({ value }) => value)}>
          {(name) => (
            <Show when={countOf(name)}>
              {(value) => (
                <Value
                  field={props.facet.field}
                  value={value()}
                  most={most()}
                  choiceOf={props.choiceOf}
                  onChoose={props.onChoose}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={hidden() > 0 || all()}>
        <button type="button" class="facet-more" onClick={() => setAll(!all())}>
          {all() ? 'Fewer' : plural(hidden(), 'more value', 'more values')}
        </button>
      </Show>
    </details>
  );
}

export function Facets(props: Props) {
  const arranged = createMemo(() => arrangeFacets(props.facets));
  // Keyed by name: a group that a person opened stays open when its counts change.
  const names = createMemo(() =>
    arranged()
      .map(({ field }) => field)
      .join('\u0000'),
  );
  const fields = createMemo(() => (names() === '' ? [] : names().split('\u0000')));
  const facetOf = (field: string) => arranged().find((facet) => facet.field === field);
  return (
    <section class="facets" aria-label="Fields and values">
      <For each={fields()}>
        {(field) => (
          <Show when={facetOf(field)}>
            {(facet) => <FacetGroup facet={facet()} choiceOf={props.choiceOf} onChoose={props.onChoose} />}
          </Show>
        )}
      </For>
      <Show when={fields().length === 0}>
        <p class="quiet">{props.quiet}</p>
      </Show>
    </section>
  );
}
