/** A stack trace in which one's own code stands out from that of others. */
import { For, Show } from 'solid-js';
import { block } from '../text/line';
import { stackLines } from '../text/stack';
import { LongText } from './fields';

/** Longer ones are shown as plain text, cut, with all of it on demand. */
const PRETTY_CHARS = 32 * 1024;

export function StackTrace(props: { readonly stack: string }) {
  return (
    // Its lines may be longer than there is room: by the keyboard, too, one reads to their ends.
    <section class="stack-scroll" tabindex="0" aria-label="Stack trace">
      <pre class="stack">
        <Show when={props.stack.length <= PRETTY_CHARS} fallback={<LongText text={props.stack} />}>
          <For each={stackLines(props.stack)}>
            {(line) => <span class={`stack-line stack-${line.kind}`}>{`${block(line.text)}\n`}</span>}
          </For>
        </Show>
      </pre>
    </section>
  );
}
