/** The server itself: what it holds, how full it is, how fast it is, what it refused. */
import { For, Show } from 'solid-js';
import { type SystemState, systemState } from '../api/system';
import { LEVELS, type StatsFrame } from '../api/types';
import { Fact, Facts } from '../parts/facts';
import { LevelMark } from '../parts/level_mark';
import { Meter } from '../parts/meter';
import { Rejects } from '../parts/rejects';
import { Trouble } from '../parts/trouble';
import { createPoll } from '../session/poll';
import { useSession } from '../session/session';
import { limitName, limitValue } from '../text/limit';
import { oneLine } from '../text/line';
import { momentWords } from '../text/moment';
import { bytes, count, percent, plural } from '../text/numbers';
import { ago, duration } from '../text/time';

const EVERY_MS = 2_000;

interface Part {
  readonly system: SystemState;
}

function orUnknown(value: number | null): string {
  return value === null ? 'not told' : bytes(value);
}

function Server(props: Part) {
  const session = useSession();
  return (
    <Facts title="Server">
      <Fact name="version" note={`role: ${oneLine(props.system.role, 20)}`}>
        {oneLine(props.system.version, 30)}
      </Fact>
      <Fact name="up for" note={`since ${momentWords(props.system.started_ms, session.settings().zone)}`}>
        {duration(props.system.uptime_ms)}
      </Fact>
      <Fact
        name="access"
        note={session.hello()?.auth === 'key' ? 'every request needs an API key' : 'no key is asked for'}
      >
        {session.hello()?.auth ?? '–'}
      </Fact>
      <Fact name="memory" note="resident">
        {orUnknown(props.system.memory.resident_bytes)}
      </Fact>
      <Fact
        name="viewers"
        note={props.system.viewers.max === null ? '' : `at most ${props.system.viewers.max}`}
      >
        {count(props.system.viewers.count)}
      </Fact>
      <Fact name="trouble">
        <span classList={{ bad: props.system.trouble !== null }}>{props.system.trouble ?? 'none'}</span>
      </Fact>
    </Facts>
  );
}

function Storage(props: Part) {
  const queue = () => props.system.queue;
  const disk = () => props.system.disk;
  const used = (): number => Math.max(0, (disk().total_bytes ?? 0) - (disk().free_bytes ?? 0));
  return (
    <Facts title="Storage">
      <Fact name="queue" note={`${plural(queue().batches, 'batch', 'batches')} wait for their part`}>
        {bytes(queue().bytes)} <span class="dim">of {bytes(queue().max_bytes)}</span>
      </Fact>
      <Fact name="filled" note="full: batches are refused, to be sent again">
        <span class="fact-meter">
          <Meter value={queue().bytes} max={queue().max_bytes} /> {percent(queue().bytes, queue().max_bytes)}
        </span>
      </Fact>
      <Fact name="disk free" note={disk().total_bytes === null ? '' : `of ${bytes(disk().total_bytes ?? 0)}`}>
        {orUnknown(disk().free_bytes)}
      </Fact>
      <Fact name="disk used" note={`below ${bytes(disk().min_free_bytes)} free nothing is taken`}>
        <Show when={disk().total_bytes !== null} fallback="not told">
          <span class="fact-meter">
            <Meter value={used()} max={disk().total_bytes ?? 0} /> {percent(used(), disk().total_bytes ?? 0)}
          </span>
        </Show>
      </Fact>
    </Facts>
  );
}

function Parts(props: Part) {
  const session = useSession();
  const parts = () => props.system.parts;
  const age = (ms: number | null): string => (ms === null ? '–' : ago(props.system.now_ms - ms));
  const moment = (ms: number | null): string =>
    ms === null ? 'no part yet' : momentWords(ms, session.settings().zone);
  const each = (): string =>
    parts().records === 0 ? '' : `${(parts().bytes / parts().records).toFixed(1)} bytes a record`;
  return (
    <Facts title="Parts">
      <Fact name="parts" note={plural(parts().records, 'record')}>
        {count(parts().count)}
      </Fact>
      <Fact name="size" note={each()}>
        {bytes(parts().bytes)}
      </Fact>
      <Fact name="index" note={`${percent(parts().index_bytes, parts().bytes)} of it`}>
        {bytes(parts().index_bytes)}
      </Fact>
      <Fact name="oldest" note={moment(parts().oldest_ms)}>
        {age(parts().oldest_ms)}
      </Fact>
      <Fact name="newest" note={moment(parts().newest_ms)}>
        {age(parts().newest_ms)}
      </Fact>
      <Fact name="set aside" note="damaged, kept for a person to look at">
        <span classList={{ bad: parts().set_aside > 0 }}>{count(parts().set_aside)}</span>
      </Fact>
    </Facts>
  );
}

function Records(props: { readonly stats: StatsFrame }) {
  const totals = () => props.stats.totals;
  const milliseconds = (value: number | null): string => (value === null ? '–' : duration(value));
  return (
    <Facts title="Records" note="since the start">
      <Fact name="stored" note={`${count(props.stats.rate)} a second now`}>
        <b>{count(totals().stored)}</b>
      </Fact>
      <Fact name="duplicates" note="sent again by clients, stored once">
        {count(totals().duplicates)}
      </Fact>
      <Fact name="rejected" note="never kept, each with a reason">
        <span classList={{ bad: totals().rejected > 0 }}>{count(totals().rejected)}</span>
      </Fact>
      <Fact name="lost" note="declared lost by clients">
        <span classList={{ bad: totals().lost > 0 }}>{count(totals().lost)}</span>
      </Fact>
      <Fact name="expired" note="left the store to make room">
        {count(totals().expired)}
      </Fact>
      <Fact name="delay" note="from a record’s time to the store: p50 · p99">
        {milliseconds(props.stats.ingest_delay_ms.p50)} · {milliseconds(props.stats.ingest_delay_ms.p99)}
      </Fact>
    </Facts>
  );
}

function Levels(props: { readonly stats: StatsFrame }) {
  const of = (level: string): number => props.stats.levels[level] ?? 0;
  const all = (): number => LEVELS.reduce((sum, level) => sum + of(level), 0);
  return (
    <Facts title="Levels" note="since the start">
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

function Limits(props: Part) {
  return (
    <Facts title="Limits" note="what is beyond them is refused or waits">
      <For each={props.system.limits}>
        {(limit) => (
          <div class="fact fact-pair">
            <dt>{limitName(limit)}</dt>
            <dd>{limitValue(limit)}</dd>
          </div>
        )}
      </For>
    </Facts>
  );
}

export function SystemPage() {
  const session = useSession();
  const poll = createPoll(systemState, EVERY_MS);
  return (
    <main class="system" tabindex="0">
      <header class="page-head">
        <h1>System</h1>
        <Show when={poll.problem() !== null && poll.answer() !== null}>
          <span class="tag tag-warn">older: the server does not answer now</span>
        </Show>
      </header>
      <Show when={poll.answer() === null ? poll.problem() : null}>
        {(error) => <Trouble error={error()} what="The state of the server" onAgain={poll.again} />}
      </Show>
      <div class="facts-grid">
        <Show
          when={poll.answer()}
          fallback={<p class="quiet">{poll.problem() === null ? 'Reading…' : ''}</p>}
        >
          {(system) => (
            <>
              <Server system={system()} />
              <Storage system={system()} />
              <Parts system={system()} />
            </>
          )}
        </Show>
        <Show when={session.stats().last}>
          {(stats) => (
            <>
              <Records stats={stats()} />
              <Levels stats={stats()} />
            </>
          )}
        </Show>
        <Show when={poll.answer()}>
          {(system) => (
            <>
              <Limits system={system()} />
              <Rejects rejects={system().rejects} zone={session.settings().zone} />
            </>
          )}
        </Show>
      </div>
    </main>
  );
}
