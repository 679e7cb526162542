/** One logger process: who it is, how it is, what it holds, and whether its numbers add up. */
import { type JSX, Show } from 'solid-js';
import type { Client } from '../api/types';
import { useSession } from '../session/session';
import { account, BACKLOG_RECORDS } from '../state/clients';
import { oneLine } from '../text/line';
import { bytes, count } from '../text/numbers';
import { ago, duration } from '../text/time';
import { LanguageMark } from './language_mark';
import { LawLine } from './law_line';
import { Meter } from './meter';
import { PresenceMark } from './presence_mark';

function Cell(props: { readonly name: string; readonly class?: string; readonly children: JSX.Element }) {
  return (
    <div class={`cell ${props.class ?? ''}`}>
      <span class="cell-name">{props.name}</span>
      {props.children}
    </div>
  );
}

function Journal(props: { readonly client: Client }) {
  const statistics = () => props.client.statistics ?? {};
  return (
    <Cell name="journal">
      <span class="journal">
        {bytes(statistics().journal_bytes ?? 0)}
        <span class="dim"> of {bytes(statistics().journal_max_bytes ?? 0)}</span>
      </span>
      <span class="journal-kind">
        <Meter value={statistics().journal_bytes ?? 0} max={statistics().journal_max_bytes ?? 0} />
        <span class="dim">{statistics().journal ?? ''}</span>
      </span>
    </Cell>
  );
}

export function ClientCard(props: { readonly client: Client }) {
  const session = useSession();
  const client = () => props.client;
  const statistics = () => client().statistics ?? {};
  const sums = () => account(client());
  const where = () => {
    const process = [client().host, client().pid].filter((part) => part !== undefined).join(':');
    return [client().component, client().environment, process].filter((part) => part).join(' · ');
  };

  return (
    <li class={`client client-${client().presence}`} data-stream={client().stream}>
      <div class="client-who">
        <LanguageMark language={client().language} />
        <p class="client-name" title={client().stream}>
          <b>{oneLine(client().service ?? 'unnamed', 80)}</b>
          <span class="dim">{oneLine(where(), 160)}</span>
        </p>
        <LawLine account={sums()} />
      </div>
      <Cell name="presence">
        <PresenceMark presence={client().presence} />
        <span class="dim">{ago(session.nowMs() - client().last_seen_ms)}</span>
      </Cell>
      <Cell name="state">
        <span class={`state state-${client().state ?? 'unknown'}`}>{client().state ?? '–'}</span>
        <span class="dim">{client().activity ?? ''}</span>
      </Cell>
      <Cell name="waiting" class="right">
        <b classList={{ warn: sums().waiting > BACKLOG_RECORDS }}>{count(sums().waiting)}</b>
        <span class="dim">records</span>
      </Cell>
      <Journal client={client()} />
      <Cell name="round trip" class="right">
        <span>{statistics().round_trip_ms == null ? '–' : duration(statistics().round_trip_ms ?? 0)}</span>
        <span class="dim">{count(statistics().retried ?? 0)} retried</span>
      </Cell>
      <Cell name="version">
        <span>{oneLine(client().sdk_version ?? '–', 30)}</span>
        <span class="dim">{oneLine(client().runtime_version ?? '', 30)}</span>
      </Cell>
      <Show when={statistics().last_error}>
        {(error) => (
          <p class="client-error">
            <span class="dim">last error</span> {oneLine(error(), 300)}
            <Show when={statistics().last_outage_ms}>
              {(ms) => <span class="dim"> · last outage {duration(ms())}</span>}
            </Show>
          </p>
        )}
      </Show>
      <Show when={client().adopted_by}>
        {(by) => <p class="client-error dim">what it left is shipped by {oneLine(by(), 80)}</p>}
      </Show>
    </li>
  );
}
