/** What the server would not keep: how much for which reason, and samples with the beginning of what came. */
import { createMemo, For, Show } from 'solid-js';
import type { Reject, SystemState } from '../api/system';
import { languageLabel } from '../text/language';
import { oneLine } from '../text/line';
import { momentWords, type Zone } from '../text/moment';
import { count, plural } from '../text/numbers';

const EXCERPT_CHARS = 256;

function who(reject: Reject): string {
  const language = reject.language ? languageLabel(reject.language) : '';
  const name = [language, reject.service ?? ''].filter((part) => part !== '').join(' ');
  return name === '' ? 'a whole request' : name;
}

function Sample(props: { readonly reject: Reject; readonly zone: Zone }) {
  return (
    <li class="reject">
      <time class="dim">{momentWords(props.reject.at_ms, props.zone)}</time>
      <span class="tag tag-bad">{oneLine(props.reject.reason, 40)}</span>
      <span class="reject-who">{oneLine(who(props.reject), 80)}</span>
      <span class="reject-error">{oneLine(props.reject.error, 300)}</span>
      <Show when={props.reject.excerpt}>
        {(excerpt) => <code class="reject-excerpt">{oneLine(excerpt(), EXCERPT_CHARS)}</code>}
      </Show>
    </li>
  );
}

export function Rejects(props: { readonly rejects: SystemState['rejects']; readonly zone: Zone }) {
  const reasons = createMemo(() => Object.entries(props.rejects.by_reason).sort((a, b) => b[1] - a[1]));
  return (
    <section class="panel rejects facts-wide" aria-label="Rejects">
      <header class="panel-head">
        <h2>Rejects</h2>
        <span class="dim">{plural(props.rejects.total, 'refusal')} since the start</span>
      </header>
      <Show
        when={props.rejects.total > 0}
        fallback={
          <p class="quiet">
            Nothing was rejected. What the server will not keep appears here, with its reason.
          </p>
        }
      >
        <p class="reject-reasons">
          <For each={reasons()}>
            {([reason, records]) => (
              <span class="tag tag-bad">
                {count(records)} {oneLine(reason, 40)}
              </span>
            )}
          </For>
        </p>
        <ol class="reject-list" aria-label="Samples, newest first">
          <For each={props.rejects.samples}>{(reject) => <Sample reject={reject} zone={props.zone} />}</For>
        </ol>
      </Show>
    </section>
  );
}
