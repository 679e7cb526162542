/** The server itself: what it holds, how full it is, how fast it is. */
import { For, type JSX, Show } from 'solid-js';
import { LEVELS, type StatsFrame } from '../api/types';
import { LevelMark } from '../parts/level_mark';
import { Meter } from '../parts/meter';
import { useSession } from '../session/session';
import { bytes, count, percent } from '../text/numbers';
import { duration } from '../text/time';

function Fact(props: { readonly name: string; readonly note?: string; readonly children: JSX.Element }) {
  return (
    <div class="fact">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
      <dd class="dim">{props.note}</dd>
    </div>
  );
}

function Facts(props: { readonly title: string; readonly children: JSX.Element }) {
  return (
    <section class="panel facts">
      <header class="panel-head">
        <h2>{props.title}</h2>
      </header>
      <dl>{props.children}</dl>
    </section>
  );
}

function Loss(props: { readonly name: string; readonly value: number; readonly note: string }) {
  return (
    <Fact name={props.name} note={props.note}>
      <b classList={{ bad: props.value > 0 }}>{count(props.value)}</b>
    </Fact>
  );
}

function Server(props: { readonly stats: StatsFrame }) {
  const session = useSession();
  const stats = () => props.stats;
  const milliseconds = (value: number | null): string => (value === null ? '–' : `${count(value)} ms`);
  return (
    <Facts title="Server">
      <Fact name="version">{session.hello()?.server ?? '–'}</Fact>
      <Fact name="up for">{duration(stats().uptime_ms)}</Fact>
      <Fact
        name="access"
        note={session.hello()?.auth === 'key' ? 'an API key is asked for' : 'no key is asked for'}
      >
        {session.hello()?.auth ?? '–'}
      </Fact>
      <Fact name="viewers" note="pages and tails connected now">
        {count(stats().viewers)}
      </Fact>
      <Fact name="delay p50" note="from a record's time to the store">
        {milliseconds(stats().ingest_delay_ms.p50)}
      </Fact>
      <Fact name="delay p99" note="99 of 100 are faster">
        {milliseconds(stats().ingest_delay_ms.p99)}
      </Fact>
      <Fact name="trouble">
        <span classList={{ bad: stats().trouble !== null }}>{stats().trouble ?? 'none'}</span>
      </Fact>
    </Facts>
  );
}

function Storage(props: { readonly stats: StatsFrame }) {
  const queue = () => props.stats.queue;
  return (
    <Facts title="Storage">
      <Fact name="queue" note={`${count(queue().batches)} batches on disk`}>
        {bytes(queue().bytes)} of {bytes(queue().max_bytes)}
      </Fact>
      <Fact name="fill" note={percent(queue().bytes, queue().max_bytes)}>
        <Meter value={queue().bytes} max={queue().max_bytes} />
      </Fact>
      <Fact name="disk free">
        {props.stats.disk.free_bytes === null ? '–' : bytes(props.stats.disk.free_bytes)}
      </Fact>
    </Facts>
  );
}

function Records(props: { readonly stats: StatsFrame }) {
  const totals = () => props.stats.totals;
  return (
    <Facts title="Records">
      <Fact name="stored">
        <b>{count(totals().stored)}</b>
      </Fact>
      <Fact name="duplicates" note="sent again by clients, stored once">
        {count(totals().duplicates)}
      </Fact>
      <Loss name="rejected" value={totals().rejected} note="never kept, each with a reason" />
      <Loss name="lost" value={totals().lost} note="declared lost by clients" />
      <Loss name="expired" value={totals().expired} note="left the store to make room" />
    </Facts>
  );
}

function Levels(props: { readonly stats: StatsFrame }) {
  const of = (level: string): number => props.stats.levels[level] ?? 0;
  const all = (): number => LEVELS.reduce((sum, level) => sum + of(level), 0);
  return (
    <Facts title="Levels">
      <For each={LEVELS.toReversed()}>
        {(level) => (
          <div class="fact">
            <dt>
              <LevelMark level={level} />
            </dt>
            <dd>{count(of(level))}</dd>
            <dd class="dim">{percent(of(level), all())}</dd>
          </div>
        )}
      </For>
    </Facts>
  );
}

export function SystemPage() {
  const session = useSession();
  return (
    <main class="system">
      <header class="page-head">
        <h1>System</h1>
      </header>
      <Show when={session.stats().last} fallback={<p class="quiet">No word from the server yet.</p>}>
        {(stats) => (
          <div class="facts-grid">
            <Server stats={stats()} />
            <Storage stats={stats()} />
            <Records stats={stats()} />
            <Levels stats={stats()} />
          </div>
        )}
      </Show>
    </main>
  );
}
