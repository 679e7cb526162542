/** What was found and what it took, in one line that keeps its height; and the way to stop a search. */
import { Match, Show, Switch } from 'solid-js';
import { MAX_ROWS, type Search } from '../state/search';
import { count, plural, short } from '../text/numbers';

interface Props {
  readonly search: Search;
  onCancel(): void;
  onRun(): void;
}

export function SearchSummary(props: Props) {
  const scanned = () => props.search.scanned;
  const total = (): number | null => props.search.hits?.total ?? null;

  return (
    <div class="search-summary" role="status" aria-live="polite" data-part="summary">
      <Switch>
        <Match when={props.search.phase === 'reading'}>
          <span>Searching…</span>
          <button type="button" class="button" onClick={() => props.onCancel()} title="Cancel (Esc)">
            Cancel
          </button>
        </Match>
        <Match when={props.search.phase === 'cancelled'}>
          <span>Cancelled; what is shown is older.</span>
          <button type="button" class="button" onClick={() => props.onRun()}>
            Search again
          </button>
        </Match>
        <Match when={props.search.phase === 'failed'}>
          <span class="bad">No answer to this search.</span>
          <button type="button" class="button" onClick={() => props.onRun()}>
            Search again
          </button>
        </Match>
        <Match when={props.search.phase === 'done'}>
          <Show
            when={total() !== null}
            fallback={
              <b>{props.search.counting ? 'Counting…' : plural(props.search.rows.length, 'record')}</b>
            }
          >
            <b>{plural(total() ?? 0, 'record')}</b>
          </Show>
          <Show when={scanned()}>
            {(work) => (
              <span class="dim" title="What the server looked at to answer">
                {short(work().records)} scanned in {count(work().ms)} ms
              </span>
            )}
          </Show>
          <Show when={props.search.partial || props.search.hits?.partial}>
            <span
              class="tag tag-warn"
              title="The server's time for one query was over. Narrow the time range or the filter."
            >
              partial
            </span>
          </Show>
          <Show when={props.search.rows.length >= MAX_ROWS}>
            <span class="tag tag-warn">{count(MAX_ROWS)} shown</span>
          </Show>
          <button type="button" class="button" onClick={() => props.onRun()} title="Search again (r)">
            Refresh
          </button>
        </Match>
      </Switch>
    </div>
  );
}
