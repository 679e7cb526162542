/** What the bars under the pointer, or those that are chosen, hold: their time, and how many of each kind. */
import { For, Show } from 'solid-js';
import { type Bars, barTime, type Span } from '../state/stretch';
import { count } from '../text/numbers';
import { type Layer, sumOf } from './stack';

interface Props {
  readonly layers: readonly Layer[];
  readonly bars: Bars;
  readonly span: Span;
  when(ms: number): string;
}

export function HistogramTip(props: Props) {
  const held = (values: readonly number[]): number => sumOf(values, props.span.first, props.span.last);
  const total = (): number => props.layers.reduce((sum, layer) => sum + held(layer.values), 0);
  return (
    <div
      class="histogram-tip"
      classList={{ 'histogram-tip-right': props.span.cursor * 2 < props.bars.buckets }}
      aria-hidden="true"
    >
      <span>
        {props.when(barTime(props.bars, props.span.first))}
        <Show when={props.span.last > props.span.first}>
          {' '}
          – {props.when(barTime(props.bars, props.span.last + 1))}
        </Show>
      </span>
      <b>{count(total())}</b>
      <For each={props.layers.filter((layer) => held(layer.values) > 0)}>
        {(layer) => (
          <span class="histogram-tip-line">
            <i class="histogram-key" style={{ background: `var(${layer.token})` }} />
            {layer.label} <b>{count(held(layer.values))}</b>
          </span>
        )}
      </For>
    </div>
  );
}
