/** Everything at a glance: languages, throughput, clients, and the stream itself. */
import { For, Show } from 'solid-js';
import { Throughput } from '../charts/throughput';
import { ClientBrief } from '../parts/client_brief';
import { LanguageCard } from '../parts/language_card';
import { type Choice, Segmented } from '../parts/segmented';
import { StreamPanel } from '../parts/stream_panel';
import { Welcome } from '../parts/welcome';
import { useSession } from '../session/session';
import type { ChartKind, ChartSpan } from '../state/settings';
import { count } from '../text/numbers';

const KINDS: readonly Choice<ChartKind>[] = [
  { value: 'level', label: 'Level' },
  { value: 'language', label: 'Language' },
];

const SPANS: readonly Choice<ChartSpan>[] = [
  { value: 60, label: '1 m' },
  { value: 300, label: '5 m' },
  { value: 900, label: '15 m' },
];

export function Overview() {
  const session = useSession();
  // Cards are keyed by name, so that a card lives as long as its language does.
  const names = () => session.stats().languages.map((language) => language.language);
  const statsOf = (name: string) => session.stats().languages.find((language) => language.language === name);
  const empty = (): boolean => session.stats().last !== null && names().length === 0;

  return (
    <main class="overview">
      <Show when={!empty()} fallback={<Welcome />}>
        <section class="cards" aria-label="Languages">
          <For each={names()}>
            {(name) => <Show when={statsOf(name)}>{(stats) => <LanguageCard stats={stats()} />}</Show>}
          </For>
        </section>
        <section class="panel trend" aria-label="Throughput">
          <header class="panel-head">
            <h2>Throughput</h2>
            <span class="dim">records a second</span>
            <span class="spring" />
            <Segmented
              name="kind"
              label="Stacked by"
              value={session.settings().chartKind}
              choices={KINDS}
              onChoose={(chartKind) => session.choose({ chartKind })}
            />
            <Segmented
              name="span"
              label="Time shown"
              value={session.settings().chartSpan}
              choices={SPANS}
              onChoose={(chartSpan) => session.choose({ chartSpan })}
            />
          </header>
          <Throughput />
        </section>
        <section class="panel clients-brief" aria-label="Clients">
          <header class="panel-head">
            <h2>Clients</h2>
            <span class="dim">{count(session.clients().length)}</span>
            <span class="spring" />
            <a href="#/clients">All details</a>
          </header>
          <ClientBrief />
        </section>
        <StreamPanel />
      </Show>
    </main>
  );
}
