/** Every logger process: how it is, how it was, and where each of its records went. */
import { createMemo, For, Show } from 'solid-js';
import type { Presence } from '../api/types';
import { ClientList } from '../parts/client_list';
import { useSession } from '../session/session';
import { tally } from '../state/clients';
import { chosenStreams, membership, ORDER_WORDS, ORDERS, rosterOf } from '../state/roster';
import { count, plural } from '../text/numbers';
import { PRESENCE_MEANS } from '../text/presence';

const SHOWN: readonly Presence[] = ['connected', 'silent', 'failed', 'gone', 'closed'];
/** Figures change every second; a list put in order as often could not be read. */
const REORDER_MS = 10_000;

export function ClientsPage() {
  const session = useSession();
  const clients = () => session.clients();
  const own = () => session.route().own;
  const roster = createMemo(() => rosterOf(own()));
  const sums = createMemo(() => tally(clients()));
  const byStream = createMemo(() => new Map(clients().map((client) => [client.stream, client])));
  const members = createMemo(() => membership(clients()));
  const beat = createMemo(() => Math.floor(session.nowMs() / REORDER_MS));
  const streams = createMemo<readonly string[]>((before) => {
    members();
    if (roster().order !== 'trouble' && roster().order !== 'service') beat();
    const next = chosenStreams(clients(), roster());
    const same = next.length === before.length && next.every((stream, at) => stream === before[at]);
    return same ? before : next;
  }, []);
  const press = (presence: Presence): void =>
    session.setOwn({ presence: roster().presence === presence ? '' : presence });

  return (
    <main class="clients">
      <header class="page-head">
        <h1>Clients</h1>
        <fieldset class="presences">
          <legend class="unseen">Show only clients that are</legend>
          <For each={SHOWN}>
            {(presence) => (
              <button
                type="button"
                class={`presence-button presence presence-${presence}`}
                classList={{ none: sums()[presence] === 0 && roster().presence !== presence }}
                aria-pressed={roster().presence === presence}
                title={PRESENCE_MEANS[presence]}
                onClick={() => press(presence)}
              >
                {count(sums()[presence])} {presence}
              </button>
            )}
          </For>
        </fieldset>
        <span class="spring" />
        <input
          class="text-input clients-find"
          type="search"
          placeholder="Find: service, host, version, error"
          aria-label="Find clients"
          value={roster().find}
          onInput={(event) => session.setOwn({ find: event.currentTarget.value })}
        />
        <label class="by">
          <span class="dim">order</span>
          <select
            class="select"
            aria-label="Order of the clients"
            onChange={(event) => session.setOwn({ order: event.currentTarget.value })}
          >
            <For each={ORDERS}>
              {(order) => (
                <option value={order} selected={order === roster().order}>
                  {ORDER_WORDS[order]}
                </option>
              )}
            </For>
          </select>
        </label>
      </header>
      <ClientList
        streams={streams()}
        byStream={byStream()}
        open={own().client ?? ''}
        onToggle={(stream) => session.setOwn({ client: own().client === stream ? '' : stream })}
      />
      <Show when={streams().length === 0}>
        <div class="clients-empty">
          <Show
            when={clients().length === 0}
            fallback={
              <>
                <p class="quiet">None of the {plural(clients().length, 'client')} is like this.</p>
                <button
                  type="button"
                  class="button"
                  onClick={() => session.setOwn({ find: '', presence: '' })}
                >
                  Show all
                </button>
              </>
            }
          >
            <p class="quiet">
              No client has reported itself yet. Every program that logs through a DistributedLogs library
              appears here by itself; records sent with curl come without one.
            </p>
            <a class="button" href="#/overview">
              How to connect one
            </a>
          </Show>
        </div>
      </Show>
    </main>
  );
}
