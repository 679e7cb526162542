/** The saved views: opened by a click, removed after a second press. */
import { createSignal, For, onMount, Show } from 'solid-js';
import { type ApiError, asApiError } from '../api/http';
import { listViews, removeView, type View } from '../api/settings';
import { useSession } from '../session/session';
import { sortViews, viewHash } from '../state/saved';
import { oneLine } from '../text/line';
import { momentWords } from '../text/moment';
import { ConfirmButton } from './confirm_button';
import { Trouble } from './trouble';

export function ViewsPanel() {
  const session = useSession();
  const [views, setViews] = createSignal<readonly View[] | null>(null);
  const [error, setError] = createSignal<ApiError | null>(null);

  const read = async (): Promise<void> => {
    try {
      setViews(sortViews(await listViews()));
      setError(null);
    } catch (cause) {
      setError(asApiError(cause));
    }
  };
  const remove = async (view: View): Promise<void> => {
    try {
      await removeView(view.name);
    } catch (cause) {
      setError(asApiError(cause));
    }
    await read();
  };
  onMount(() => void read());

  return (
    <section class="panel" aria-label="Saved views">
      <header class="panel-head">
        <h2>Saved views</h2>
        <span class="dim">searches with a name, for everybody who reads this server</span>
      </header>
      <div class="panel-body">
        <Show when={error()}>
          {(problem) => <Trouble error={problem()} what="The saved views" onAgain={() => void read()} />}
        </Show>
        <ul class="view-list">
          <For each={views() ?? []}>
            {(view) => (
              <li>
                <a href={viewHash(view)}>
                  <b>{oneLine(view.name, 100)}</b>
                </a>
                <code class="dim">{oneLine(view.query === '' ? 'everything' : view.query, 160)}</code>
                <span class="dim view-when">
                  {momentWords(view.created_ms, session.settings().zone).slice(0, 16)}
                </span>
                <ConfirmButton
                  label="Delete"
                  sure="Delete for everybody"
                  name={`Delete the view ${oneLine(view.name, 60)}`}
                  onConfirm={() => void remove(view)}
                />
              </li>
            )}
          </For>
        </ul>
        <Show when={views()?.length === 0}>
          <p class="dim">
            Nothing is saved yet. On <a href="#/search">Search</a>, “Views” saves the filter and the time
            range under a name.
          </p>
        </Show>
        <Show when={views() === null && error() === null}>
          <p class="dim">Reading…</p>
        </Show>
      </div>
    </section>
  );
}
