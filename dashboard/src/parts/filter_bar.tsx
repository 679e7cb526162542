/** The filter: the query language as typed, a minimum level, and chips for what was clicked. */
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { isEverything, markPosition, type QueryError } from '../api/query';
import { useSession } from '../session/session';
import { languageLabel } from '../text/language';
import { type Choice, Segmented } from './segmented';

/** A pause in typing after which the filter is applied without Enter. */
const TYPING_MS = 450;

const LEVEL_CHOICES: readonly Choice<string>[] = [
  { value: '', label: 'All' },
  { value: 'info', label: 'Info+', title: 'INFO and above' },
  { value: 'warning', label: 'Warn+', title: 'WARNING and above' },
  { value: 'error', label: 'Error+', title: 'ERROR and CRITICAL' },
];

export function FilterBar() {
  const session = useSession();
  const filter = () => session.route().filter;
  const [text, setText] = createSignal(filter().q);
  let timer = 0;
  let input: HTMLInputElement | undefined;

  const apply = (): void => {
    clearTimeout(timer);
    if (text().trim() !== filter().q) session.setFilter({ q: text().trim() });
  };
  const type = (value: string): void => {
    setText(value);
    clearTimeout(timer);
    timer = setTimeout(apply, TYPING_MS);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') apply();
    else if (event.key === 'Escape') {
      event.stopPropagation();
      if (text() === '') input?.blur();
      else type('');
    }
  };
  const clear = (): void => {
    setText('');
    session.setFilter({ q: '', level: '', language: '', service: '' });
  };
  // The address bar may change the filter too.
  createEffect(
    on(
      () => filter().q,
      (q) => {
        if (q !== text().trim()) setText(q);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));

  const chips = () => [
    ...(filter().language === ''
      ? []
      : [{ field: 'language' as const, value: languageLabel(filter().language) }]),
    ...(filter().service === '' ? [] : [{ field: 'service' as const, value: filter().service }]),
  ];
  const error = () => session.view.error();
  const marked = (problem: QueryError) => markPosition(filter().q, problem.position ?? 0);

  return (
    <search class="filter-bar">
      <div class="filter-box" classList={{ invalid: error() !== null }}>
        <For each={chips()}>
          {(chip) => (
            <button
              type="button"
              class="chip"
              title={`Remove ${chip.field}`}
              onClick={() => session.setFilter({ [chip.field]: '' })}
            >
              {chip.field}: <b>{chip.value}</b> <span aria-hidden="true">×</span>
            </button>
          )}
        </For>
        <input
          id="filter"
          ref={input}
          type="text"
          value={text()}
          placeholder={'Filter:  timeout  "exact words"  service:pay*  -path:/health  /re(gex)?/'}
          aria-label="Filter records"
          aria-invalid={error() !== null}
          aria-describedby="filter-error"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={key}
        />
        <Show when={!isEverything(filter())} fallback={<kbd class="filter-key">/</kbd>}>
          <button type="button" class="filter-clear" onClick={clear} aria-label="Clear the filter">
            ×
          </button>
        </Show>
      </div>
      <Segmented
        name="level"
        label="Minimum level"
        value={filter().level}
        choices={LEVEL_CHOICES}
        onChoose={(level) => session.setFilter({ level })}
      />
      <div id="filter-error" aria-live="polite">
        <Show when={error()}>
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
