/** What stands below the found records, or in their place: reading, the end, nothing, too much, or what went wrong. */
import { Match, Show, Switch } from 'solid-js';
import { MAX_ROWS, type Search } from '../state/search';
import { count } from '../text/numbers';

interface Props {
  readonly search: Search;
  /** True when there is a filter that could be widened. */
  readonly narrowed: boolean;
  onMore(): void;
  onRun(): void;
}

function Empty(props: { readonly narrowed: boolean }) {
  return (
    <div class="found-empty">
      <h2>Nothing in this time range</h2>
      <Show
        when={props.narrowed}
        fallback={
          <p class="dim">No records were stored in it. Choose a longer range, such as the last 24 hours.</p>
        }
      >
        <p class="dim">No record matches. Choose a longer time range, or ask for less:</p>
        <ul class="dim">
          <li>
            Words must all occur: <code>timeout database</code>. For words in a row, quote them:{' '}
            <code>"timed out"</code>
          </li>
          <li>
            The beginning of a value is enough: <code>service:pay*</code>, <code>user_id:12*</code>
          </li>
          <li>
            A minimum: <code>level:&gt;=warning</code>, <code>duration_ms:&gt;500</code>
          </li>
          <li>
            A field that must be there: <code>trace_id:*</code>. Not this: <code>-path:/health</code>
          </li>
        </ul>
      </Show>
    </div>
  );
}

export function FoundEnd(props: Props) {
  const search = () => props.search;
  const rows = (): number => search().rows.length;
  return (
    <div class="found-end">
      <Switch>
        <Match when={search().error?.reason === 'query' && rows() === 0}>
          <p class="quiet">The filter is not understood; what is wrong with it stands below it.</p>
        </Match>
        <Match when={search().error}>
          {(error) => (
            <div class="found-empty" role="alert">
              <h2>{rows() === 0 ? 'The search has failed' : 'The rest could not be read'}</h2>
              <p class="bad">{error().message}</p>
              <p class="dim">
                {error().reason === 'unreachable'
                  ? 'The server does not answer. The page goes on trying to reach it; search again when it is back.'
                  : 'Search again; a shorter time range or a narrower filter is less work for the server.'}
              </p>
              <button
                type="button"
                class="button"
                onClick={() => (rows() === 0 ? props.onRun() : props.onMore())}
              >
                Try again
              </button>
            </div>
          )}
        </Match>
        <Match when={rows() >= MAX_ROWS && search().cursor !== null}>
          <p class="quiet">
            {count(MAX_ROWS)} records are shown, as many as a page holds. Narrow the range or the filter to
            see the others, or export them all.
          </p>
        </Match>
        <Match when={search().more}>
          <p class="quiet">Reading more…</p>
        </Match>
        <Match when={search().phase === 'done' && search().partial && search().cursor !== null}>
          <div class="found-empty">
            <p>
              The server’s time for one query was over before it had looked at everything. What is shown is
              right, and there may be more.
            </p>
            <button type="button" class="button" onClick={() => props.onMore()}>
              Go on from here
            </button>
          </div>
        </Match>
        <Match when={search().phase === 'reading' && rows() === 0}>
          <p class="quiet">Searching…</p>
        </Match>
        <Match when={search().phase === 'done' && rows() === 0}>
          <Empty narrowed={props.narrowed} />
        </Match>
        <Match when={search().phase === 'done' && search().cursor === null}>
          <p class="quiet">
            {search().partial
              ? 'The server’s time for one query was over; there may be more. Narrow the range.'
              : 'That is all in this time range.'}
          </p>
        </Match>
      </Switch>
    </div>
  );
}
