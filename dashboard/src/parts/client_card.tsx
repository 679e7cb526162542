/** One logger process: who it is, how it is and was, what it holds, and whether its numbers add up. */
import { createMemo, type JSX, Show } from 'solid-js';
import type { Client } from '../api/types';
import { useSession } from '../session/session';
import { account, BACKLOG_RECORDS } from '../state/clients';
import { oneLine } from '../text/line';
import { bytes, count } from '../text/numbers';
import { ago, duration } from '../text/time';
import { ClientMore } from './client_more';
import { LanguageMark } from './language_mark';
import { LawLine } from './law_line';
import { Meter } from './meter';
import { PresenceMark } from './presence_mark';
import { PresenceStrip } from './presence_strip';

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
        <span class="dim">{oneLine(statistics().journal ?? '', 12)}</span>
      </span>
    </Cell>
  );
}

function Cells(props: { readonly client: Client; readonly waiting: number }) {
  const session = useSession();
  const statistics = () => props.client.statistics ?? {};
  return (
    <>
      <Cell name="presence">
        <PresenceMark presence={props.client.presence} />
        <span class="dim" title="Last heard">
          {ago(session.nowMs() - props.client.last_seen_ms)}
        </span>
      </Cell>
      <Cell name="last hour" class="cell-history">
        <PresenceStrip
          history={props.client.history ?? []}
          presence={props.client.presence}
          nowMs={session.nowMs()}
        />
      </Cell>
      <Cell name="state">
        <span class={`state state-${/^[a-z]+$/.exec(props.client.state ?? '')?.[0] ?? 'unknown'}`}>
          {oneLine(props.client.state || '–', 20)}
        </span>
        <span class="dim">{oneLine(props.client.activity ?? '', 20)}</span>
      </Cell>
      <Cell name="waiting" class="right">
        <b classList={{ warn: props.waiting > BACKLOG_RECORDS }}>{count(props.waiting)}</b>
        <span class="dim">records</span>
      </Cell>
      <Journal client={props.client} />
      <Cell name="round trip" class="right">
        <span>{statistics().round_trip_ms == null ? '–' : duration(statistics().round_trip_ms ?? 0)}</span>
        <span class="dim">{count(statistics().retried ?? 0)} retried</span>
      </Cell>
      <Cell name="version">
        <span>{oneLine(props.client.sdk_version || '–', 30)}</span>
        <span class="dim">{oneLine(props.client.runtime_version ?? '', 30)}</span>
      </Cell>
    </>
  );
}

interface Props {
  readonly client: Client;
  readonly open: boolean;
  onToggle(): void;
}

export function ClientCard(props: Props) {
  const client = () => props.client;
  const sums = createMemo(() => account(props.client));
  const statistics = () => client().statistics ?? {};
  const where = () => {
    const process = [client().host, client().pid]
      .filter((part) => part !== undefined && part !== '')
      .join(':');
    return [client().component, client().environment, process].filter((part) => part).join(' · ');
  };

  return (
    <div class={`client client-${client().presence}`} data-stream={client().stream}>
      <div class="client-who">
        <LanguageMark language={client().language} />
        <p class="client-name" title={client().stream}>
          <button
            type="button"
            class="client-open"
            aria-expanded={props.open}
            onClick={() => props.onToggle()}
          >
            <i class="client-sign" aria-hidden="true" />
            <b>{oneLine(client().service || 'unnamed', 80)}</b>
          </button>
          <span class="dim">{oneLine(where(), 160)}</span>
        </p>
        <LawLine account={sums()} />
      </div>
      <Cells client={client()} waiting={sums().waiting} />
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
      <Show when={props.open}>
        <ClientMore client={client()} account={sums()} />
      </Show>
    </div>
  );
}
