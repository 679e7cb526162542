/** A line for the query language with suggestions at the caret: a combobox that the keyboard alone can work. */
import { createEffect, createSignal, createUniqueId, For, type JSX, on, onCleanup, Show } from 'solid-js';
import type { FacetValue, FieldCount } from '../api/counts';
import { type Place, placeAt, type Suggestion, suggestFields, suggestValues, take } from '../state/suggest';
import { oneLine } from '../text/line';
import { short } from '../text/numbers';

/** A pause in typing after which the query is applied without Enter. */
const TYPING_MS = 450;
/** A shorter one after which suggestions are asked for. */
const ASKING_MS = 120;
const LABEL_CHARS = 80;

/** Where suggestions come from; an error is the same as none. */
export interface SuggestSource {
  fields(signal: AbortSignal): Promise<readonly FieldCount[]>;
  values(field: string, signal: AbortSignal): Promise<readonly FacetValue[]>;
}

interface Props {
  readonly value: string;
  readonly invalid: boolean;
  /** Id of the element that says what is wrong. */
  readonly describedBy: string;
  readonly source: SuggestSource;
  /** Before the text, such as chips. */
  readonly children?: JSX.Element;
  /** After it, such as a button to clear everything. */
  readonly end?: JSX.Element;
  onApply(q: string): void;
}

async function ask(source: SuggestSource, place: Place, signal: AbortSignal): Promise<readonly Suggestion[]> {
  try {
    return place.field === null
      ? suggestFields(await source.fields(signal), place)
      : suggestValues(await source.values(place.field, signal), place);
  } catch {
    return [];
  }
}

export function QueryBox(props: Props) {
  const listId = createUniqueId();
  const [text, setText] = createSignal(props.value);
  const [place, setPlace] = createSignal<Place | null>(null);
  const [found, setFound] = createSignal<readonly Suggestion[]>([]);
  /** Which suggestion Enter takes; -1: none, Enter applies the query. */
  const [at, setAt] = createSignal(-1);
  let input: HTMLInputElement | undefined;
  let typing = 0;
  let asking = 0;
  let asked = new AbortController();

  const open = (): boolean => found().length > 0;
  const shut = (): void => {
    clearTimeout(asking);
    asked.abort();
    setFound([]);
    setAt(-1);
  };
  const apply = (): void => {
    clearTimeout(typing);
    if (text().trim() !== props.value) props.onApply(text().trim());
  };
  const lookUp = (): void => {
    clearTimeout(asking);
    asking = setTimeout(async () => {
      asked.abort();
      asked = new AbortController();
      const { signal } = asked;
      const caret = input?.selectionStart ?? text().length;
      const here = input?.selectionEnd === caret ? placeAt(text(), caret) : null;
      const suggestions = here === null ? [] : await ask(props.source, here, signal);
      if (signal.aborted || document.activeElement !== input) return;
      setPlace(here);
      setFound(suggestions);
      setAt(-1);
    }, ASKING_MS);
  };
  const type = (value: string): void => {
    setText(value);
    clearTimeout(typing);
    // A field whose value is still to come is no query yet; Enter says that it is meant so.
    if (!value.trimEnd().endsWith(':')) typing = setTimeout(apply, TYPING_MS);
    lookUp();
  };
  const choose = (suggestion: Suggestion): void => {
    const here = place();
    if (here === null || input === undefined) return;
    const taken = take(text(), here, suggestion.insert);
    shut();
    setText(taken.text);
    input.value = taken.text;
    input.setSelectionRange(taken.caret, taken.caret);
    input.focus();
    // A field's name alone is no query yet; its values come next.
    clearTimeout(typing);
    if (!taken.text.trim().endsWith(':')) apply();
    lookUp();
  };
  const step = (by: number): void => {
    const length = found().length;
    setAt((old) => (old < 0 && by < 0 ? length - 1 : (old + by + length) % length));
  };

  const onEnter = (event: KeyboardEvent): void => {
    const suggestion = found()[at()];
    if (suggestion !== undefined) {
      event.preventDefault();
      choose(suggestion);
    } else {
      shut();
      apply();
    }
  };
  const onEscape = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (open()) shut();
    else if (text() === '') input?.blur();
    else {
      setText('');
      apply();
    }
  };
  const onArrow = (event: KeyboardEvent, by: number): void => {
    event.preventDefault();
    if (open()) step(by);
    else lookUp();
  };
  const KEYS: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    Enter: onEnter,
    Escape: onEscape,
    ArrowDown: (event) => onArrow(event, 1),
    ArrowUp: (event) => onArrow(event, -1),
    Tab: (event) => {
      if (at() >= 0) onEnter(event);
      else shut();
    },
  };

  // The address bar, a facet or a chip may change the query too.
  createEffect(
    on(
      () => props.value,
      (value) => {
        if (value !== text().trim()) setText(value);
      },
      { defer: true },
    ),
  );
  onCleanup(() => {
    clearTimeout(typing);
    shut();
  });

  return (
    <div class="query-box" classList={{ invalid: props.invalid }}>
      {props.children}
      <input
        id="filter"
        ref={input}
        type="text"
        role="combobox"
        value={text()}
        placeholder={'Filter:  timeout  "exact words"  service:pay*  -path:/health  /re(gex)?/'}
        aria-label="Filter records"
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
        aria-expanded={open()}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={at() >= 0 ? `${listId}-${at()}` : undefined}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => KEYS[event.key]?.(event)}
        onClick={lookUp}
        onBlur={shut}
      />
      {props.end}
      <div class="suggestions" id={listId} role="listbox" aria-label="Suggestions" hidden={!open()}>
        <For each={found()}>
          {(suggestion, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option.
            <div
              class="suggestion"
              id={`${listId}-${index()}`}
              role="option"
              aria-selected={index() === at()}
              onPointerDown={(event) => event.preventDefault()}
              onPointerUp={() => choose(suggestion)}
            >
              <bdi>{oneLine(suggestion.label, LABEL_CHARS)}</bdi>
              <Show when={suggestion.count}>{(records) => <span class="dim">{short(records())}</span>}</Show>
            </div>
          )}
        </For>
      </div>
    </div>
  );
}
