/** How many records over time, as stacked bars; a stretch of time is chosen by dragging or by keys. Takes data, asks for none. */
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js';
import { type Bars, barTime, oneBar, type Span, type Stretch, spanOf, stretchKey } from '../state/stretch';
import { count, plural } from '../text/numbers';
import { barPaths, totals } from './buckets';
import { HistogramTip } from './histogram_tip';
import { type Layer, sumOf } from './stack';

interface Props {
  readonly layers: readonly Layer[];
  readonly startMs: number;
  readonly stepMs: number;
  readonly buckets: number;
  /** What is counted, for those who cannot see it. */
  readonly label: string;
  /** A time in words, for the ends and under the pointer. */
  when(ms: number): string;
  /** A stretch was chosen; `toMs` exclusive. */
  onSelect(fromMs: number, toMs: number): void;
}

type Pointed = PointerEvent & { readonly currentTarget: HTMLElement };

export function Histogram(props: Props) {
  const hint = createUniqueId();
  const [hover, setHover] = createSignal<number | null>(null);
  const [stretch, setStretch] = createSignal<Stretch | null>(null);
  const [said, setSaid] = createSignal('');
  let dragging = false;
  const sums = createMemo(() => totals(props.layers, props.buckets));
  const top = createMemo(() => Math.max(1, ...sums()));
  const paths = createMemo(() => barPaths(props.layers, props.buckets, top()));
  const total = (): number => sums().reduce((sum, value) => sum + value, 0);
  const bars = (): Bars => ({ startMs: props.startMs, stepMs: props.stepMs, buckets: props.buckets });
  const chosen = createMemo(() => spanOf(bars(), stretch()));
  const shown = (): Span | null => {
    const at = hover();
    return chosen() ?? (at === null ? null : { first: at, last: at, cursor: at });
  };
  const label = (): string =>
    `${props.label}: ${plural(total(), 'record')} from ${props.when(props.startMs)} to ${props.when(barTime(bars(), props.buckets))}, at most ${count(top())} in one bar`;
  const told = ({ first, last }: Span): string =>
    `${props.when(barTime(bars(), first))} to ${props.when(barTime(bars(), last + 1))}: ${plural(sumOf(sums(), first, last), 'record')}`;

  const bucketAt = (event: Pointed): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = box.width > 0 ? (event.clientX - box.left) / box.width : 0;
    return Math.max(0, Math.min(props.buckets - 1, Math.floor(share * props.buckets)));
  };
  const clear = (): void => {
    dragging = false;
    setStretch(null);
  };
  const apply = (): void => {
    const span = chosen();
    clear();
    if (span !== null) props.onSelect(barTime(bars(), span.first), barTime(bars(), span.last + 1));
  };
  const down = (event: Pointed): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    dragging = true;
    setStretch(oneBar(bars(), bucketAt(event)));
  };
  const move = (event: Pointed): void => {
    const at = bucketAt(event);
    setHover(at);
    if (dragging) setStretch((old) => (old === null ? null : { ...old, cursorMs: barTime(bars(), at) }));
  };
  const key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const meant = stretchKey(bars(), stretch(), event.key, event.shiftKey);
    if (meant === null) return;
    event.preventDefault();
    if (meant.kind === 'apply') return void apply();
    setStretch(meant.kind === 'choose' ? meant.stretch : null);
    const span = chosen();
    // One bar is said as the slider's value; what a slider has no word for is said here.
    setSaid(span === null ? 'Nothing chosen' : span.first === span.last ? '' : `Chosen: ${told(span)}`);
  };
  const cursor = (): number | undefined => chosen()?.cursor;
  const spoken = (): string => {
    const at = cursor();
    return at === undefined ? 'No bar chosen' : told({ first: at, last: at, cursor: at });
  };

  return (
    <div class="histogram">
      <div
        class="histogram-plot"
        role="slider"
        tabIndex={0}
        aria-label={label()}
        aria-describedby={hint}
        aria-valuemin={1}
        aria-valuemax={props.buckets}
        aria-valuenow={(cursor() ?? props.buckets - 1) + 1}
        aria-valuetext={spoken()}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={() => dragging && apply()}
        onPointerCancel={clear}
        onPointerLeave={() => setHover(null)}
        onKeyDown={key}
        onBlur={clear}
      >
        <svg viewBox={`0 0 ${props.buckets} 1`} preserveAspectRatio="none" aria-hidden="true">
          <For each={props.layers}>
            {(layer, at) => <path d={paths()[at()] ?? ''} style={{ fill: `var(${layer.token})` }} />}
          </For>
        </svg>
        <Show when={shown()}>
          {(span) => (
            <>
              <i
                class={chosen() === null ? 'histogram-at' : 'histogram-chosen'}
                style={{
                  left: `${(span().first / props.buckets) * 100}%`,
                  width: `${((span().last + 1 - span().first) / props.buckets) * 100}%`,
                }}
              />
              <HistogramTip layers={props.layers} bars={bars()} span={span()} when={props.when} />
            </>
          )}
        </Show>
      </div>
      <span id={hint} class="unseen">
        Arrow keys move by a bar, with Shift they choose several; Enter takes their time, Escape gives it up.
      </span>
      <span class="unseen" aria-live="polite">
        {said()}
      </span>
      <div class="histogram-axis" aria-hidden="true">
        <span>{props.when(props.startMs)}</span>
        <span class="histogram-top">max {count(top())}</span>
        <span>{props.when(barTime(bars(), props.buckets))}</span>
      </div>
    </div>
  );
}
