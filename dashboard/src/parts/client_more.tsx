/** What a client's card shows when it is opened: every loss, every gap, its past, and the way to its records. */
import { For, type JSX, Show } from 'solid-js';
import { EVERYTHING } from '../api/query';
import type { Client } from '../api/types';
import { useSession } from '../session/session';
import type { Account } from '../state/clients';
import { stretches } from '../state/presence';
import { formatRoute } from '../state/route';
import { oneLine } from '../text/line';
import { momentWords } from '../text/moment';
import { bytes, count, plural } from '../text/numbers';
import { lostWords, refusedWords } from '../text/reason';
import { duration } from '../text/time';
import { CopyButton } from './copy_button';

const GAPS_SHOWN = 30;
const STRETCHES_SHOWN = 12;

function Part(props: { readonly title: string; readonly children: JSX.Element }) {
  return (
    <section>
      <h3>{props.title}</h3>
      {props.children}
    </section>
  );
}

function Losses(props: { readonly account: Account }) {
  const none = (): boolean => props.account.lostTotal + props.account.refusedTotal === 0;
  return (
    <Part title="Losses by reason">
      <Show when={!none()} fallback={<p class="dim">None.</p>}>
        <dl class="more-facts">
          <For each={props.account.lost}>
            {(entry) => (
              <div>
                <dt>
                  {oneLine(entry.reason, 40)} <b class="bad">{count(entry.count)}</b>
                </dt>
                <dd class="dim">{lostWords(entry.reason)}</dd>
              </div>
            )}
          </For>
          <For each={props.account.refused}>
            {(entry) => (
              <div>
                <dt>
                  refused: {oneLine(entry.reason, 40)} <b class="warn">{count(entry.count)}</b>
                </dt>
                <dd class="dim">{refusedWords(entry.reason)}</dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
    </Part>
  );
}

function Gaps(props: { readonly account: Account }) {
  return (
    <Part title="Gaps">
      <Show
        when={props.account.gapTotal > 0}
        fallback={<p class="dim">None: every number is accounted for.</p>}
      >
        <p>
          The server has neither seen <b class="bad">{plural(props.account.gapTotal, 'number')}</b> nor been
          told their fate. They may still come.
        </p>
        <p class="more-gaps">
          <For each={props.account.gaps.slice(0, GAPS_SHOWN)}>
            {([from, to]) => (
              <span class="tag tag-gap">{from === to ? count(from) : `${count(from)}–${count(to)}`}</span>
            )}
          </For>
          <Show when={props.account.gaps.length > GAPS_SHOWN}>
            <span class="dim">and {plural(props.account.gaps.length - GAPS_SHOWN, 'more', 'more')}</span>
          </Show>
        </p>
      </Show>
    </Part>
  );
}

function Past(props: { readonly client: Client }) {
  const session = useSession();
  const past = () => stretches(props.client.history ?? [], session.nowMs()).toReversed();
  return (
    <Part title="Presence, newest first">
      <Show
        when={past().length > 0}
        fallback={<p class="dim">Not heard from since this server was started; known from what it stored.</p>}
      >
        <ol class="more-past">
          <For each={past().slice(0, STRETCHES_SHOWN)}>
            {(stretch) => (
              <li>
                <span class={`presence presence-${stretch.presence}`}>{stretch.presence}</span>
                <span>{momentWords(stretch.fromMs, session.settings().zone)}</span>
                <span class="dim">{duration(stretch.toMs - stretch.fromMs)}</span>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </Part>
  );
}

function Facts(props: { readonly client: Client }) {
  const session = useSession();
  const statistics = () => props.client.statistics ?? {};
  const moment = (text: string | null | undefined): string => {
    const ms = Date.parse(text ?? '');
    return Number.isNaN(ms) ? '–' : momentWords(ms, session.settings().zone);
  };
  const facts = (): readonly (readonly [string, string])[] => [
    ['started', moment(props.client.started_at)],
    ['last heard', momentWords(props.client.last_seen_ms, session.settings().zone)],
    ['requests', `${count(statistics().requests ?? 0)}, ${count(statistics().failed ?? 0)} failed`],
    ['sent', bytes(statistics().bytes_sent ?? 0)],
    [
      'last outage',
      statistics().last_outage_ms == null ? 'none told' : duration(statistics().last_outage_ms ?? 0),
    ],
    ['last error at', moment(statistics().last_error_at)],
  ];
  return (
    <Part title="In its own words">
      <dl class="more-pairs">
        <For each={facts()}>
          {([name, value]) => (
            <div>
              <dt class="dim">{name}</dt>
              <dd>{value}</dd>
            </div>
          )}
        </For>
      </dl>
    </Part>
  );
}

export function ClientMore(props: { readonly client: Client; readonly account: Account }) {
  const records = (): string =>
    formatRoute({
      page: 'search',
      filter: { ...EVERYTHING, q: `stream:"${props.client.stream}"` },
      own: { from: '24h' },
    });
  return (
    <div class="client-more">
      <Losses account={props.account} />
      <Gaps account={props.account} />
      <Past client={props.client} />
      <Facts client={props.client} />
      <p class="more-links">
        <a class="button" href={records()}>
          Its records
        </a>
        <CopyButton label="Copy stream id" text={() => props.client.stream} />
        <code class="dim">{oneLine(props.client.stream, 80)}</code>
      </p>
    </div>
  );
}
