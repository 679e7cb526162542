/** Which time is searched: ready-made spans, exact ends in the chosen zone, a step earlier or later, and wider. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import { useSession } from '../session/session';
import {
  boundWords,
  isRelative,
  neighbour,
  PRESETS,
  type Range,
  rangeProblem,
  rangeWords,
  readBound,
  wider,
} from '../state/range';
import { type Zone, zoneWords } from '../text/moment';
import { Popover } from './popover';

const NO_TIME = 'is no time. Write 2026-11-23 14:03:07, 14:03, 15m, or now.';

interface Props {
  readonly range: Range;
  readonly zone: Zone;
  onChoose(range: Range): void;
}

function Exact(props: Props & { close(): void }) {
  const session = useSession();
  const nowMs = () => session.nowMs();
  const [from, setFrom] = createSignal(boundWords(props.range.from, props.zone, nowMs()));
  const [to, setTo] = createSignal(boundWords(props.range.to, props.zone, nowMs()));
  const [problem, setProblem] = createSignal<string | null>(null);

  const apply = (event: Event): void => {
    event.preventDefault();
    const first = readBound(from(), props.zone, nowMs());
    const last = readBound(to(), props.zone, nowMs());
    if (first === null) return void setProblem(`“${from()}” ${NO_TIME}`);
    if (last === null) return void setProblem(`“${to()}” ${NO_TIME}`);
    const range = { from: first === '' ? 'all' : first, to: last === 'now' ? '' : last };
    const wrong = rangeProblem(range, nowMs());
    setProblem(wrong);
    if (wrong !== null) return;
    props.onChoose(range);
    props.close();
  };

  return (
    <form class="range-exact" onSubmit={apply}>
      <label>
        <span>From</span>
        <input
          name="from"
          value={from()}
          spellcheck={false}
          autocomplete="off"
          aria-describedby="range-problem"
          onInput={(event) => setFrom(event.currentTarget.value)}
        />
      </label>
      <label>
        <span>To</span>
        <input
          name="to"
          value={to()}
          spellcheck={false}
          autocomplete="off"
          aria-describedby="range-problem"
          onInput={(event) => setTo(event.currentTarget.value)}
        />
      </label>
      <p class="range-hint dim">
        Times are in {zoneWords(props.zone, nowMs())}. <code>90m</code>, <code>2d</code> and{' '}
        <code>14:03</code> are understood too.
      </p>
      <button type="submit" class="button primary">
        Apply
      </button>
      <p class="range-problem bad" id="range-problem" role="alert">
        {problem()}
      </p>
    </form>
  );
}

export function TimeRange(props: Props) {
  const session = useSession();
  const words = createMemo(() => rangeWords(props.range, props.zone, session.nowMs()));
  const before = (): Range | null => neighbour(props.range, -1, session.nowMs());
  const after = (): Range | null => neighbour(props.range, 1, session.nowMs());
  const out = (): Range | null => wider(props.range, session.nowMs());
  const step = (range: Range | null): void => {
    if (range !== null) props.onChoose(range);
  };

  return (
    <fieldset class="range">
      <legend class="unseen">Time range</legend>
      <button
        type="button"
        class="button icon"
        title="The stretch before"
        aria-label="The stretch before"
        disabled={before() === null}
        onClick={() => step(before())}
      >
        ‹
      </button>
      <Popover
        name="Choose the time range"
        class="range-button"
        label={<span class="range-words">{words()}</span>}
      >
        {(close) => (
          <div class="range-panel">
            <ul class="range-presets">
              <For each={PRESETS}>
                {(preset) => (
                  <li>
                    <button
                      type="button"
                      class="menu-item"
                      data-first={preset.from === '1h' ? '' : undefined}
                      aria-pressed={isRelative(props.range) && props.range.from === preset.from}
                      onClick={() => {
                        props.onChoose({ from: preset.from, to: '' });
                        close();
                      }}
                    >
                      {preset.label}
                    </button>
                  </li>
                )}
              </For>
            </ul>
            <Exact {...props} close={close} />
          </div>
        )}
      </Popover>
      <button
        type="button"
        class="button icon"
        title="The stretch after"
        aria-label="The stretch after"
        disabled={after() === null}
        onClick={() => step(after())}
      >
        ›
      </button>
      <button
        type="button"
        class="button range-wider"
        title="Twice as wide"
        disabled={out() === null}
        onClick={() => step(out())}
      >
        <span aria-hidden="true">−</span>
        <span class="range-wider-word">Zoom out</span>
      </button>
      <Show when={!isRelative(props.range) && props.range.from !== 'all'}>
        <span class="unseen" aria-live="polite">
          {words()}
        </span>
      </Show>
    </fieldset>
  );
}
