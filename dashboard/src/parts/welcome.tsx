/** What an empty server shows: how to send the first record, in every language. */
import { createSignal, For, Show } from 'solid-js';
import { snippets } from '../text/snippets';
import { CopyButton } from './copy_button';

export function Welcome() {
  const endpoint = `${location.origin}/api/logs`;
  const all = snippets(endpoint);
  const [chosen, setChosen] = createSignal(0);
  const snippet = () => all[chosen()];

  return (
    <section class="panel welcome" data-part="welcome">
      <header>
        <h1>Waiting for the first record</h1>
        <p class="dim">
          Send one, and it appears here at once. The endpoint is <code>{endpoint}</code>
        </p>
      </header>
      <div class="tabs" role="tablist" aria-label="Language">
        <For each={all}>
          {(entry, at) => (
            <button
              type="button"
              role="tab"
              aria-selected={chosen() === at()}
              onClick={() => setChosen(at())}
            >
              {entry.name}
            </button>
          )}
        </For>
      </div>
      <Show when={snippet()} keyed>
        {(entry) => (
          <div class="snippet" role="tabpanel" aria-label={entry.name}>
            <div class="snippet-head">
              <code class="dim">{entry.install}</code>
              <CopyButton label="Copy" text={() => entry.code} />
            </div>
            <pre>{entry.code}</pre>
          </div>
        )}
      </Show>
    </section>
  );
}
