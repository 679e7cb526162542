/** The conservation law of one stream in numbers: accepted = stored + lost + waiting, and a gap is a gap. */
import { For, Show } from 'solid-js';
import type { Account } from '../state/clients';
import { count } from '../text/numbers';

const GAPS_SHOWN = 3;

function range([from, to]: readonly [number, number]): string {
  return from === to ? count(from) : `${count(from)}–${count(to)}`;
}

export function LawLine(props: { readonly account: Account }) {
  const ranges = (): string => {
    const shown = props.account.gaps.slice(0, GAPS_SHOWN).map(range).join(', ');
    return props.account.gaps.length > GAPS_SHOWN ? `${shown}, …` : shown;
  };
  return (
    <p class="law">
      <Show when={props.account.accepted !== null}>
        <span title="What the client kept, by its own last word">
          accepted <b>{count(props.account.accepted ?? 0)}</b>
        </span>
        <i>=</i>
      </Show>
      <span title="On this server's disk">
        stored <b>{count(props.account.stored)}</b>
      </span>
      <i>+</i>
      <span title="Gone for good, each with its reason">
        lost <b classList={{ bad: props.account.lostTotal > 0 }}>{count(props.account.lostTotal)}</b>
      </span>
      <i>+</i>
      <span title="In the client's journal, on its way">
        waiting <b>{count(props.account.waiting)}</b>
      </span>
      <Show when={props.account.gapTotal > 0}>
        <i>+</i>
        <span title="Numbers that the server has neither seen nor been told the fate of">
          gap <b class="bad">{count(props.account.gapTotal)}</b>
        </span>
      </Show>
      <For each={props.account.lost}>
        {(entry) => (
          <span class="tag tag-bad">
            {count(entry.count)} {entry.reason}
          </span>
        )}
      </For>
      <For each={props.account.refused}>
        {(entry) => (
          <span class="tag tag-warn" title="Refused by the client before they had a number">
            {count(entry.count)} refused: {entry.reason}
          </span>
        )}
      </For>
      <Show when={props.account.gapTotal > 0}>
        <span class="tag tag-gap">gap: {ranges()}</span>
      </Show>
    </p>
  );
}
