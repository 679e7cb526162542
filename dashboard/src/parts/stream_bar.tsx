/** What the stream is doing, in exact numbers: how fast, how much of it is shown, what a pause holds back. */
import { createMemo, type JSX, Show } from 'solid-js';
import { jumpToLive, togglePause } from '../session/keys';
import { eachSecond } from '../session/second';
import { useSession } from '../session/session';
import type { PauseReason } from '../state/live';
import { type Rates, rates } from '../state/pace';
import type { SkipEntry } from '../state/skip';
import { count, plural } from '../text/numbers';

const WHY: Readonly<Record<PauseReason, string>> = {
  button: 'Paused',
  scroll: 'Paused: scrolled up',
  selection: 'Paused: text selected',
  row: 'Paused: a record is chosen',
};

export function StreamBar(props: { readonly children?: JSX.Element }) {
  const session = useSession();
  const pause = () => session.view.live().pause;
  const pace = eachSecond(session, (): Rates => rates(session.view.pace(), performance.now()));
  const skipped = eachSecond(session, (): number => session.view.live().skipped);
  const lastSkip = createMemo((): SkipEntry | null => {
    const found = session.view
      .live()
      .shown.findLast((entry) => entry.kind === 'skip' && entry.read === 'not');
    return found?.kind === 'skip' ? found : null;
  });
  /** The newest of them; older ones have their own button in the list. */
  const load = (): void => {
    const skip = lastSkip();
    if (skip !== null) void session.view.unfold(skip);
  };
  const limited = (): boolean => pace().shown < pace().matched;

  return (
    <div class="stream-bar">
      <button
        type="button"
        class="button pause"
        aria-pressed={pause() !== null}
        title={pause() === null ? 'Pause (space)' : 'Jump to live (space)'}
        onClick={() => togglePause(session)}
      >
        <i class={pause() === null ? 'icon-pause' : 'icon-play'} aria-hidden="true" />
        <span class="pause-word">{pause() === null ? 'Pause' : 'Resume'}</span>
      </button>
      <p class="pace" data-part="pace">
        <b>{count(pace().matched)}/s</b>
        <Show when={limited()}>, showing {count(pace().shown)}/s</Show>
        <Show when={skipped() > 0}>
          <span
            class="pace-skipped"
            title="Exact. Skipped records are stored; narrow the filter to see them all."
          >
            , {count(skipped())} skipped
          </span>
        </Show>
      </p>
      <Show when={lastSkip() !== null && pause() === null}>
        <button type="button" class="button load-skipped" onClick={load}>
          Load them
        </button>
      </Show>
      <Show when={pause()}>
        {(held) => (
          <button type="button" class="button jump" onClick={() => jumpToLive(session)} data-part="jump">
            <span class="jump-why">{WHY[held().reason]}</span>
            <span>
              {count(held().fresh)} new
              <Show when={held().errors > 0}>
                , <b class="bad">{plural(held().errors, 'error')}</b>
              </Show>
            </span>
            <span class="jump-go">Jump to live ↓</span>
          </button>
        )}
      </Show>
      {props.children}
    </div>
  );
}
