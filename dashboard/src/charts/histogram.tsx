/** How many records over time, as stacked bars; a stretch of time can be dragged out of it. Takes data, asks for none. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import { count, plural } from '../text/numbers';
import { barPaths, totals } from './buckets';
import type { Layer } from './stack';

interface Props {
  readonly layers: readonly Layer[];
  readonly startMs: number;
  readonly stepMs: number;
  readonly buckets: number;
  /** What is counted, for those who cannot see it. */
  readonly label: string;
  /** A time in words, for the ends and under the pointer. */
  when(ms: number): string;
  /** A stretch was dragged, or one bar clicked; `toMs` exclusive. Without it nothing can be dragged. */
  onSelect?(fromMs: number, toMs: number): void;
}

interface Drag {
  readonly from: number;
  readonly to: number;
}

export function Histogram(props: Props) {
  const [hover, setHover] = createSignal<number | null>(null);
  const [drag, setDrag] = createSignal<Drag | null>(null);
  const sums = createMemo(() => totals(props.layers, props.buckets));
  const top = createMemo(() => Math.max(1, ...sums()));
  const paths = createMemo(() => barPaths(props.layers, props.buckets, top()));
  const total = (): number => sums().reduce((sum, value) => sum + value, 0);
  const timeOf = (bucket: number): number => props.startMs + bucket * props.stepMs;

  const bucketAt = (event: PointerEvent & { readonly currentTarget: HTMLElement }): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = box.width > 0 ? (event.clientX - box.left) / box.width : 0;
    return Math.max(0, Math.min(props.buckets - 1, Math.floor(share * props.buckets)));
  };
  const down = (event: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    if (props.onSelect === undefined || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: bucketAt(event), to: bucketAt(event) });
  };
  const move = (event: PointerEvent & { readonly currentTarget: HTMLElement }): void => {
    const at = bucketAt(event);
    setHover(at);
    setDrag((old) => (old === null ? null : { from: old.from, to: at }));
  };
  const up = (): void => {
    const done = drag();
    setDrag(null);
    if (done === null) return;
    const [first, last] = [Math.min(done.from, done.to), Math.max(done.from, done.to)];
    props.onSelect?.(timeOf(first), timeOf(last + 1));
  };
  const chosen = (): { left: string; width: string } | null => {
    const now = drag();
    if (now === null) return null;
    const first = Math.min(now.from, now.to);
    const last = Math.max(now.from, now.to) + 1;
    return {
      left: `${(first / props.buckets) * 100}%`,
      width: `${((last - first) / props.buckets) * 100}%`,
    };
  };
  const tipSide = (): string => ((hover() ?? 0) * 2 < props.buckets ? 'histogram-tip-right' : '');

  return (
    <div class="histogram">
      <div
        class="histogram-plot"
        classList={{ choosable: props.onSelect !== undefined }}
        role="img"
        aria-label={`${props.label}: ${plural(total(), 'record')} from ${props.when(props.startMs)} to ${props.when(timeOf(props.buckets))}, at most ${count(top())} in one bar`}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={() => setDrag(null)}
        onPointerLeave={() => setHover(null)}
      >
        <svg viewBox={`0 0 ${props.buckets} 1`} preserveAspectRatio="none" aria-hidden="true">
          <For each={props.layers}>
            {(layer, at) => <path d={paths()[at()] ?? ''} style={{ fill: `var(${layer.token})` }} />}
          </For>
        </svg>
        <Show when={chosen()}>{(box) => <i class="histogram-chosen" style={box()} />}</Show>
        <Show when={hover()} keyed>
          {(at) => (
            <>
              <i
                class="histogram-at"
                style={{ left: `${(at / props.buckets) * 100}%`, width: `${100 / props.buckets}%` }}
              />
              <div class={`histogram-tip ${tipSide()}`} aria-hidden="true">
                <span>
                  {props.when(timeOf(drag()?.from ?? at))}
                  <Show when={drag()}> – {props.when(timeOf(at + 1))}</Show>
                </span>
                <b>{count(sums()[at] ?? 0)}</b>
                <For each={props.layers.filter((layer) => (layer.values[at] ?? 0) > 0)}>
                  {(layer) => (
                    <span class="histogram-tip-line">
                      <i class="histogram-key" style={{ background: `var(${layer.token})` }} />
                      {layer.label} <b>{count(layer.values[at] ?? 0)}</b>
                    </span>
                  )}
                </For>
              </div>
            </>
          )}
        </Show>
      </div>
      <div class="histogram-axis" aria-hidden="true">
        <span>{props.when(props.startMs)}</span>
        <span class="histogram-top">max {count(top())}</span>
        <span>{props.when(timeOf(props.buckets))}</span>
      </div>
    </div>
  );
}
