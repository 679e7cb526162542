/** The clients in brief, for the overview: who, how many records wait, what is lost. */
import { For, Show } from 'solid-js';
import type { Client } from '../api/types';
import { useSession } from '../session/session';
import { account, BACKLOG_RECORDS } from '../state/clients';
import { oneLine } from '../text/line';
import { count } from '../text/numbers';
import { age } from '../text/time';
import { LanguageMark } from './language_mark';
import { PresenceMark } from './presence_mark';

function Line(props: { readonly client: Client }) {
  const session = useSession();
  const sums = () => account(props.client);
  return (
    <li class="brief" title={props.client.statistics?.last_error ?? undefined}>
      <PresenceMark presence={props.client.presence} />
      <LanguageMark language={props.client.language} />
      <span class="brief-service">{oneLine(props.client.service ?? 'unnamed', 60)}</span>
      <span class="number" classList={{ warn: sums().waiting > BACKLOG_RECORDS }}>
        {count(sums().waiting)}
      </span>
      <span class="number">
        <span classList={{ bad: sums().lostTotal > 0 }}>{count(sums().lostTotal)}</span>
        <span class="dim"> · </span>
        <span classList={{ bad: sums().gapTotal > 0 }}>{count(sums().gapTotal)}</span>
      </span>
      <span class="number dim">{age(session.nowMs() - props.client.last_seen_ms)}</span>
    </li>
  );
}

export function ClientBrief() {
  const session = useSession();
  return (
    <section class="brief-list" tabindex="0" aria-label="Clients in brief">
      <div class="brief brief-head" aria-hidden="true">
        <span>client</span>
        <span />
        <span />
        <span class="number">waiting</span>
        <span class="number">lost · gap</span>
        <span class="number">seen</span>
      </div>
      <ul>
        <For each={session.clients()}>{(client) => <Line client={client} />}</For>
      </ul>
      <Show when={session.clients().length === 0}>
        <p class="quiet">No client has reported itself yet.</p>
      </Show>
    </section>
  );
}
