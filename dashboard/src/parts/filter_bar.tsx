/** The filter: the query language as typed, a minimum level, and chips for what was clicked. */
import { For, type JSX, Show } from 'solid-js';
import type { Span } from '../api/counts';
import { EVERYTHING, isEverything, markPosition, type QueryError } from '../api/query';
import { useSession } from '../session/session';
import { createSuggestSource } from '../session/suggest_source';
import { languageLabel } from '../text/language';
import { oneLine } from '../text/line';
import { QueryBox } from './query_box';
import { type Choice, Segmented } from './segmented';

const LEVEL_CHOICES: readonly Choice<string>[] = [
  { value: '', label: 'All' },
  { value: 'info', label: 'Info+', title: 'INFO and above' },
  { value: 'warning', label: 'Warn+', title: 'WARNING and above' },
  { value: 'error', label: 'Error+', title: 'ERROR and CRITICAL' },
];
const CHIP_CHARS = 60;

interface Props {
  /** What the server does not understand of the query. */
  readonly error: QueryError | null;
  /** Whose fields and values are suggested. */
  readonly span: Span;
  /** More of the same line. */
  readonly children?: JSX.Element;
}

export function FilterBar(props: Props) {
  const session = useSession();
  const filter = () => session.route().filter;
  const source = createSuggestSource(() => props.span);
  const marked = (problem: QueryError) => markPosition(filter().q, problem.position ?? 0);
  const chips = () => [
    ...(filter().language === ''
      ? []
      : [{ field: 'language' as const, value: languageLabel(filter().language) }]),
    ...(filter().service === '' ? [] : [{ field: 'service' as const, value: filter().service }]),
  ];

  return (
    <search class="filter-bar">
      <QueryBox
        value={filter().q}
        invalid={props.error !== null}
        describedBy="filter-error"
        source={source}
        onApply={(q) => session.setFilter({ q })}
        end={
          <Show when={!isEverything(filter())} fallback={<kbd class="filter-key">/</kbd>}>
            <button
              type="button"
              class="filter-clear"
              onClick={() => session.setFilter(EVERYTHING)}
              aria-label="Clear the filter"
            >
              ×
            </button>
          </Show>
        }
      >
        <For each={chips()}>
          {(chip) => (
            <button
              type="button"
              class="chip"
              title={`Remove ${chip.field}`}
              onClick={() => session.setFilter({ [chip.field]: '' })}
            >
              {chip.field}: <b>{oneLine(chip.value, CHIP_CHARS)}</b> <span aria-hidden="true">×</span>
            </button>
          )}
        </For>
      </QueryBox>
      <Segmented
        name="level"
        label="Minimum level"
        value={filter().level}
        choices={LEVEL_CHOICES}
        onChoose={(level) => session.setFilter({ level })}
      />
      {props.children}
      <div id="filter-error" aria-live="polite">
        <Show when={props.error}>
          {(problem) => (
            <div class="filter-error" data-part="filter-error">
              <Show when={problem().position !== null}>
                <code>
                  {marked(problem()).before}
                  <mark>{marked(problem()).at}</mark>
                  {marked(problem()).after}
                </code>
              </Show>
              <span>{problem().error}</span>
            </div>
          )}
        </Show>
      </div>
    </search>
  );
}
