/** API keys: listed, made with scopes and shown once, removed after a second press. */
import { createSignal, For, onMount, Show } from 'solid-js';
import { type ApiError, asApiError } from '../api/http';
import { login } from '../api/login';
import { type Key, listKeys, makeKey, type NewKey, removeKey, SCOPES, type Scope } from '../api/settings';
import { useSession } from '../session/session';
import { oneLine } from '../text/line';
import { momentWords } from '../text/moment';
import { ConfirmButton } from './confirm_button';
import { CopyButton } from './copy_button';
import { Trouble } from './trouble';

const NAME_BYTES = 100;

const SCOPE_MEANS: Readonly<Record<Scope, string>> = {
  ingest: 'send records',
  read: 'read records, use this page',
  admin: 'everything, keys and retention too',
};

function Made(props: { readonly made: NewKey; readonly first: boolean; onDone(): void }) {
  return (
    <div class="key-made" role="status" data-part="key-made">
      <p>
        <b>This is the key “{oneLine(props.made.name || props.made.id, 100)}”.</b> It is shown this once and
        kept nowhere: copy it now.
      </p>
      <p class="key-text">
        <code>{props.made.key}</code>
        <CopyButton label="Copy key" text={() => props.made.key} />
      </p>
      <Show when={props.first}>
        <p class="dim">
          It was the first one: from now on every request needs a key. This page signed in with it.
        </p>
      </Show>
      <button type="button" class="button" onClick={() => props.onDone()}>
        Done
      </button>
    </div>
  );
}

function Make(props: { readonly first: boolean; onMade(made: NewKey): void }) {
  const [name, setName] = createSignal('');
  const [scopes, setScopes] = createSignal<readonly Scope[]>(['ingest']);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  const wanted = (): readonly Scope[] => (props.first ? ['admin'] : scopes());

  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy()) return;
    setBusy(true);
    setProblem(null);
    try {
      const made = await makeKey(name().trim(), wanted());
      if (props.first) await login(made.key);
      setName('');
      props.onMade(made);
    } catch (cause) {
      setProblem(asApiError(cause).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="key-make" onSubmit={(event) => void make(event)}>
      <label class="key-name">
        <span>Name of a new key</span>
        <input
          class="text-input"
          name="key-name"
          value={name()}
          maxlength={NAME_BYTES}
          placeholder="billing in production"
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <fieldset class="key-scopes" disabled={props.first}>
        <legend>It may</legend>
        <For each={SCOPES}>
          {(scope) => (
            <label>
              <input
                type="checkbox"
                name={scope}
                checked={wanted().includes(scope)}
                onChange={(event) =>
                  setScopes((old) =>
                    event.currentTarget.checked ? [...old, scope] : old.filter((other) => other !== scope),
                  )
                }
              />
              <b>{scope}</b> <span class="dim">{SCOPE_MEANS[scope]}</span>
            </label>
          )}
        </For>
      </fieldset>
      <p class="bad key-problem" role="alert">
        {problem()}
      </p>
      <button type="submit" class="button primary" aria-busy={busy()} disabled={wanted().length === 0}>
        Make key
      </button>
    </form>
  );
}

export function KeysPanel() {
  const session = useSession();
  const [keys, setKeys] = createSignal<readonly Key[] | null>(null);
  const [error, setError] = createSignal<ApiError | null>(null);
  const [made, setMade] = createSignal<{ key: NewKey; first: boolean } | null>(null);

  const read = async (): Promise<void> => {
    try {
      setKeys(await listKeys());
      setError(null);
    } catch (cause) {
      setError(asApiError(cause));
    }
  };
  const remove = async (key: Key): Promise<void> => {
    try {
      await removeKey(key.id);
    } catch (cause) {
      setError(asApiError(cause));
    }
    await read();
  };
  onMount(() => void read());

  return (
    <section class="panel keys" aria-label="API keys">
      <header class="panel-head">
        <h2>API keys</h2>
        <span class="dim">
          {keys()?.length === 0 ? 'none: whoever reaches this server may do everything' : ''}
        </span>
      </header>
      <div class="panel-body">
        <Show when={error()}>
          {(problem) => <Trouble error={problem()} what="The list of keys" onAgain={() => void read()} />}
        </Show>
        <Show when={keys()} fallback={<p class="dim">{error() === null ? 'Reading…' : ''}</p>}>
          {(list) => (
            <>
              <Show when={made()}>
                {(shown) => <Made made={shown().key} first={shown().first} onDone={() => setMade(null)} />}
              </Show>
              <ul class="key-list">
                <For each={list()}>
                  {(key) => (
                    <li>
                      <span class="key-who">
                        <b>{oneLine(key.name || 'unnamed', 100)}</b>{' '}
                        <code class="dim">
                          dlogs_{oneLine(key.id, 12)}_…{oneLine(key.last4, 4)}
                        </code>
                      </span>
                      <span class="key-may">
                        <For each={key.scopes}>{(scope) => <span class="tag">{scope}</span>}</For>
                      </span>
                      <span class="dim key-when">
                        {momentWords(Date.parse(key.created), session.settings().zone).slice(0, 16)}
                      </span>
                      <ConfirmButton
                        label="Remove"
                        sure="Remove: what uses it is refused"
                        name={`Remove the key ${oneLine(key.name || key.id, 60)}`}
                        onConfirm={() => void remove(key)}
                      />
                    </li>
                  )}
                </For>
              </ul>
              <Make
                first={list().length === 0}
                onMade={(key) => {
                  setMade({ key, first: list().length === 0 });
                  void read();
                }}
              />
              <Show when={list().length === 0}>
                <p class="dim key-first">
                  The first key is one of the scope <code>admin</code>. From then on every request needs a
                  key, those of loggers too: give each of them a key of the scope <code>ingest</code>.
                </p>
              </Show>
            </>
          )}
        </Show>
      </div>
    </section>
  );
}
