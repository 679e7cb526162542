/** Every logger process, those in trouble first. */
import { createMemo, For, Show } from 'solid-js';
import type { Presence } from '../api/types';
import { ClientCard } from '../parts/client_card';
import { useSession } from '../session/session';
import { tally } from '../state/clients';
import { count } from '../text/numbers';
import { PRESENCE_MEANS } from '../text/presence';

const SHOWN: readonly Presence[] = ['connected', 'silent', 'failed', 'gone', 'closed'];

export function ClientsPage() {
  const session = useSession();
  const sums = createMemo(() => tally(session.clients()));
  // Keyed by stream: a card is updated in place and moves only when its presence changes.
  const streams = createMemo(() => session.clients().map((client) => client.stream));
  const byStream = createMemo(() => new Map(session.clients().map((client) => [client.stream, client])));

  return (
    <main class="clients">
      <header class="page-head">
        <h1>Clients</h1>
        <For each={SHOWN}>
          {(presence) => (
            <span
              class={`presence presence-${presence}`}
              classList={{ none: sums()[presence] === 0 }}
              title={PRESENCE_MEANS[presence]}
            >
              {count(sums()[presence])} {presence}
            </span>
          )}
        </For>
      </header>
      <ul class="client-list">
        <For each={streams()}>
          {(stream) => (
            <Show when={byStream().get(stream)}>{(client) => <ClientCard client={client()} />}</Show>
          )}
        </For>
      </ul>
      <Show when={session.clients().length === 0}>
        <p class="quiet">No client has reported itself yet. Records sent with curl come without one.</p>
      </Show>
    </main>
  );
}
