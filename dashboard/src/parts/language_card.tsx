/** A language at a glance: count, rate, share of errors, who is connected, last seen, the last minute. */
import { createMemo, For, Show } from 'solid-js';
import type { LanguageStats, Presence } from '../api/types';
import { Sparkline } from '../charts/sparkline';
import { useSession } from '../session/session';
import { series } from '../state/stats';
import { languageLabel, markClass } from '../text/language';
import { count, percent, rate } from '../text/numbers';
import { PRESENCE_MEANS } from '../text/presence';
import { age } from '../text/time';
import { LanguageMark } from './language_mark';

const SPARK_SECONDS = 60;
/** A share of errors from here on is shown in red; below it the page stays calm. */
const GRAVE_SHARE = 0.05;
const SHOWN: readonly Presence[] = ['connected', 'silent', 'failed'];

export function LanguageCard(props: { readonly stats: LanguageStats }) {
  const session = useSession();
  const name = (): string => props.stats.language;
  const chosen = (): boolean => session.route().filter.language === name();
  const grave = (): boolean => props.stats.errors > props.stats.count * GRAVE_SHARE;
  const values = createMemo(() => {
    const stats = session.stats();
    const nowS = Math.floor((stats.last?.now_ms ?? 0) / 1000);
    return series(stats.seconds, nowS, SPARK_SECONDS, (second) => second.byLanguage[name()] ?? 0);
  });
  const present = () =>
    SHOWN.map((presence) => ({ presence, count: props.stats.clients[presence] ?? 0 })).filter(
      (entry) => entry.count > 0,
    );

  return (
    <button
      type="button"
      class={`card ${markClass(name())}`}
      data-language={name()}
      aria-pressed={chosen()}
      title={chosen() ? 'Show all languages' : `Show only ${languageLabel(name())}`}
      onClick={() => session.setFilter({ language: chosen() ? '' : name() })}
    >
      <span class="card-head">
        <LanguageMark language={name()} />
        <span class="card-errors" classList={{ bad: grave() }}>
          {percent(props.stats.errors, props.stats.count)} errors
        </span>
      </span>
      <span class="card-numbers">
        <b class="card-count">{count(props.stats.count)}</b>
        <span class="card-rate">{rate(props.stats.rate)}/s</span>
      </span>
      <Sparkline values={values()} />
      <span class="card-clients">
        <For each={present()}>
          {(entry) => (
            <span class={`presence presence-${entry.presence}`} title={PRESENCE_MEANS[entry.presence]}>
              {entry.count} <span classList={{ unseen: present().length > 1 }}>{entry.presence}</span>
            </span>
          )}
        </For>
        <Show when={present().length === 0}>
          <span class="presence presence-gone">no client</span>
        </Show>
        <span class="spring" />
        <span class="card-age" title="Last record">
          {age(session.nowMs() - props.stats.last_seen_ms)}
        </span>
      </span>
    </button>
  );
}
