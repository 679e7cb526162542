/** Everything at a glance: languages, throughput, levels, delays, errors, clients, and the stream itself. */
import { For, type JSX, Show } from 'solid-js';
import { EVERYTHING } from '../api/query';
import { DelayTrend } from '../charts/delay_trend';
import { Throughput } from '../charts/throughput';
import { Activity } from '../parts/activity';
import { ClientBrief } from '../parts/client_brief';
import { LanguageCard } from '../parts/language_card';
import { LevelDistribution } from '../parts/level_distribution';
import { NewestErrors } from '../parts/newest_errors';
import { type Choice, Segmented } from '../parts/segmented';
import { StreamPanel } from '../parts/stream_panel';
import { TopServices } from '../parts/top_services';
import { Welcome } from '../parts/welcome';
import { useSession } from '../session/session';
import { formatRoute } from '../state/route';
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

const ERRORS = formatRoute({
  page: 'search',
  filter: { ...EVERYTHING, level: 'error' },
  own: { from: '24h' },
});

interface PanelProps {
  /** Also its class. */
  readonly name: string;
  readonly title: string;
  readonly note?: string;
  readonly link?: { readonly label: string; readonly href: string };
  readonly children: JSX.Element;
}

function Panel(props: PanelProps) {
  return (
    <section class={`panel ${props.name}`} aria-label={props.title} data-part={props.name}>
      <header class="panel-head">
        <h2>{props.title}</h2>
        <span class="dim">{props.note}</span>
        <span class="spring" />
        <Show when={props.link}>{(link) => <a href={link().href}>{link().label}</a>}</Show>
      </header>
      {props.children}
    </section>
  );
}

export function Overview() {
  const session = useSession();
  const lastly = (): string => {
    const span = SPANS.find(({ value }) => value === session.settings().chartSpan);
    return `last ${span?.label ?? ''}`;
  };
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
        <Panel name="levels" title="Levels" note={lastly()}>
          <LevelDistribution />
        </Panel>
        <Panel name="delays" title="Ingest delay" note="record to store">
          <DelayTrend />
        </Panel>
        <Panel name="activity" title="Activity" note={lastly()}>
          <Activity />
        </Panel>
        <Panel name="services" title="Top services" note={lastly()}>
          <TopServices />
        </Panel>
        <Panel name="errors" title="Newest errors" link={{ label: 'Search', href: ERRORS }}>
          <NewestErrors />
        </Panel>
        <Panel
          name="clients-brief"
          title="Clients"
          note={count(session.clients().length)}
          link={{ label: 'All details', href: '#/clients' }}
        >
          <ClientBrief />
        </Panel>
        <StreamPanel />
      </Show>
    </main>
  );
}
