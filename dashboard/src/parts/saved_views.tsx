/** The views that were saved on the server, and a way to save this one. */
import { createSignal, For, Show } from 'solid-js';
import { asApiError } from '../api/http';
import { listViews, saveView, type View } from '../api/settings';
import { useSession } from '../session/session';
import { parseRoute } from '../state/route';
import { NAME_CHARS, nameProblem, sortViews, suggestedName, viewHash, viewQuery } from '../state/saved';
import { oneLine } from '../text/line';
import { Popover } from './popover';

function Save(props: { readonly views: readonly View[]; saved(): void }) {
  const session = useSession();
  const [name, setName] = createSignal(suggestedName(session.route()));
  const [problem, setProblem] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  const exists = (): boolean => props.views.some((view) => view.name === name().trim());

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy()) return;
    const wrong = nameProblem(name());
    setProblem(wrong);
    if (wrong !== null) return;
    setBusy(true);
    try {
      await saveView(name().trim(), viewQuery(session.route()));
      props.saved();
    } catch (cause) {
      setProblem(asApiError(cause).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form class="views-save" onSubmit={(event) => void save(event)}>
      <label>
        <span class="unseen">Name of the view</span>
        <input
          value={name()}
          placeholder="Name for this search"
          maxlength={NAME_CHARS}
          data-first=""
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary" aria-busy={busy()}>
        {exists() ? 'Replace' : 'Save'}
      </button>
      <p class="bad views-problem" role="alert">
        {problem()}
      </p>
    </form>
  );
}

export function SavedViews() {
  const session = useSession();
  const [views, setViews] = createSignal<readonly View[] | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);

  const read = async (): Promise<void> => {
    try {
      setViews(sortViews(await listViews()));
      setProblem(null);
    } catch (cause) {
      setProblem(asApiError(cause).message);
    }
  };

  return (
    <Popover name="Saved views" label="Views" side="right" onOpen={() => void read()}>
      {(close) => (
        <div class="menu views-menu">
          <Save views={views() ?? []} saved={() => void read()} />
          <Show when={problem() === null} fallback={<p class="menu-note bad">{problem()}</p>}>
            <ul aria-label="Saved views">
              <For each={views() ?? []}>
                {(view) => (
                  <li>
                    <button
                      type="button"
                      class="menu-item"
                      onClick={() => {
                        session.go(parseRoute(viewHash(view)));
                        close();
                      }}
                    >
                      <b>{oneLine(view.name, NAME_CHARS)}</b>
                      <span class="dim">{oneLine(view.query === '' ? 'everything' : view.query, 80)}</span>
                    </button>
                  </li>
                )}
              </For>
            </ul>
            <Show when={views()?.length === 0}>
              <p class="menu-note dim">
                Nothing is saved yet. A saved view keeps the filter and the time range, for everybody who
                reads this server.
              </p>
            </Show>
          </Show>
        </div>
      )}
    </Popover>
  );
}
