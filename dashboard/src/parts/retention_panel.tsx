/** How long records are kept, who said so, and a way to change it where no flag did. */
import { createEffect, createSignal, For, on, onMount, Show } from 'solid-js';
import { type ApiError, asApiError } from '../api/http';
import {
  RETENTIONS,
  type Retention,
  readSettings,
  type ServerSettings,
  type Setting,
  writeRetention,
} from '../api/settings';
import { RETENTION_WORDS, readWhole, sourceWords, takesAway } from '../state/retention';
import { ConfirmButton } from './confirm_button';
import { Trouble } from './trouble';

interface LineProps {
  readonly name: Retention;
  readonly setting: Setting;
  onWritten(settings: ServerSettings): void;
}

function Line(props: LineProps) {
  const words = () => RETENTION_WORDS[props.name];
  const [text, setText] = createSignal(String(props.setting.value));
  const [problem, setProblem] = createSignal<string | null>(null);
  const [saved, setSaved] = createSignal(false);
  const fixed = (): boolean => props.setting.set_by === 'flag';
  const value = (): number | null => readWhole(text());
  const changed = (): boolean => value() !== props.setting.value;
  createEffect(
    on(
      () => props.setting.value,
      (next) => setText(String(next)),
      { defer: true },
    ),
  );

  const write = async (next: number | null): Promise<void> => {
    setProblem(null);
    setSaved(false);
    try {
      props.onWritten(await writeRetention(props.name, next));
      setSaved(true);
    } catch (cause) {
      const error = asApiError(cause);
      const needsAdmin = error.reason === 'scope';
      setProblem(needsAdmin ? 'Only a key of the scope admin may change this.' : error.message);
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const next = value();
    if (next === null) setProblem(`“${text()}” is not a whole number of ${words().unit}.`);
    else if (changed() && !takesAway(props.name, props.setting.value, next)) void write(next);
  };
  const less = (): boolean => {
    const next = value();
    return next !== null && changed() && takesAway(props.name, props.setting.value, next);
  };

  return (
    <form class="retention" data-setting={props.name} onSubmit={submit}>
      <label for={`retention-${props.name}`}>
        <b>{words().title}</b>
      </label>
      <span class="retention-value">
        <input
          id={`retention-${props.name}`}
          class="text-input"
          inputmode="numeric"
          value={text()}
          disabled={fixed()}
          aria-describedby={`retention-note-${props.name}`}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setProblem(null);
            setSaved(false);
          }}
        />{' '}
        <span class="dim">{words().unit}</span>
      </span>
      <span class="retention-do">
        <Show
          when={less()}
          fallback={
            <button type="submit" class="button" disabled={fixed() || !changed()}>
              Save
            </button>
          }
        >
          <ConfirmButton
            label="Save"
            sure="Save: records beyond it go for good"
            name={`Save ${words().title}`}
            onConfirm={() => void write(value())}
          />
        </Show>
        <Show when={props.setting.set_by === 'page'}>
          <button type="button" class="button" onClick={() => void write(null)}>
            Back to the default
          </button>
        </Show>
      </span>
      <p class="retention-note" id={`retention-note-${props.name}`} aria-live="polite">
        <Show
          when={problem()}
          fallback={
            <>
              <span class="dim">{words().note}</span>{' '}
              <span class="retention-source">Now {sourceWords(props.name, props.setting)}.</span>{' '}
              <Show when={saved()}>
                <b class="good">Saved.</b>
              </Show>
            </>
          }
        >
          <span class="bad">{problem()}</span>
        </Show>
      </p>
    </form>
  );
}

export function RetentionPanel() {
  const [settings, setSettings] = createSignal<ServerSettings | null>(null);
  const [error, setError] = createSignal<ApiError | null>(null);

  const read = async (): Promise<void> => {
    try {
      setSettings(await readSettings());
      setError(null);
    } catch (cause) {
      setError(asApiError(cause));
    }
  };
  onMount(() => void read());

  return (
    <section class="panel" aria-label="Retention">
      <header class="panel-head">
        <h2>Retention</h2>
        <span class="dim">what is kept; whichever bound is met first counts</span>
      </header>
      <div class="panel-body">
        <Show when={error()}>
          {(problem) => <Trouble error={problem()} what="Retention" onAgain={() => void read()} />}
        </Show>
        <Show when={settings()} fallback={<p class="dim">{error() === null ? 'Reading…' : ''}</p>}>
          {(known) => (
            <For each={RETENTIONS}>
              {(name) => (
                <Show when={known().retention[name]}>
                  {(setting) => <Line name={name} setting={setting()} onWritten={setSettings} />}
                </Show>
              )}
            </For>
          )}
        </Show>
      </div>
    </section>
  );
}
