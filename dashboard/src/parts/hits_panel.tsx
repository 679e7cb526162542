/** The histogram of a search with its numbers: by level or any other field; dragging it chooses the time. */
import { createMemo, For, Show } from 'solid-js';
import type { Hits } from '../api/counts';
import { hitsLayers } from '../charts/buckets';
import { Histogram } from '../charts/histogram';
import type { Layer } from '../charts/stack';
import { absolute, type Range } from '../state/range';
import type { Choice as Chosen } from '../state/terms';
import { oneLine } from '../text/line';
import { axisMoment, shortMoment, type Zone } from '../text/moment';
import { count } from '../text/numbers';

/** Numbers beside the chart; more of them would be taller than it. */
const LEGEND_LINES = 7;

interface Props {
  readonly hits: Hits | null;
  /** What stands in the chart's place when there is none. */
  readonly quiet: string;
  readonly zone: Zone;
  readonly nowMs: number;
  onRange(range: Range): void;
  onValue(value: string, choice: Chosen): void;
}

function total(layer: Layer): number {
  return layer.values.reduce((sum, value) => sum + value, 0);
}

export function HitsPanel(props: Props) {
  const layers = createMemo(() => (props.hits === null ? [] : hitsLayers(props.hits)));
  const values = createMemo(() => new Set(props.hits?.hits.map(({ value }) => value) ?? []));
  const when = (ms: number): string => {
    const hits = props.hits;
    const wide = hits !== null && hits.step_ms * hits.buckets > 86_400_000;
    return wide ? shortMoment(ms, props.zone, props.nowMs) : axisMoment(ms, 1000, props.zone);
  };
  const legend = createMemo(() => layers().toReversed().slice(-LEGEND_LINES));

  return (
    <div class="hits">
      <Show
        when={props.hits !== null && props.hits.total > 0 ? props.hits : null}
        fallback={<p class="hits-quiet dim">{props.quiet}</p>}
      >
        {(hits) => (
          <>
            <Histogram
              layers={layers()}
              startMs={hits().start_ms}
              stepMs={hits().step_ms}
              buckets={hits().buckets}
              label={`Records by ${hits().field}`}
              when={when}
              onSelect={(fromMs, toMs) => props.onRange(absolute(fromMs, toMs - 1))}
            />
            <ul class="hits-legend" aria-label={`Values of ${hits().field}`}>
              <For each={legend()}>
                {(layer) => (
                  <li>
                    <button
                      type="button"
                      disabled={!values().has(layer.key)}
                      title={`Only ${hits().field}: ${oneLine(layer.label, 120)} (alt-click: without)`}
                      onClick={(event) => props.onValue(layer.key, event.altKey ? 'exclude' : 'include')}
                    >
                      <i style={{ background: `var(${layer.token})` }} aria-hidden="true" />
                      <bdi>{oneLine(layer.label, 40)}</bdi>
                      <span>{count(total(layer))}</span>
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </>
        )}
      </Show>
    </div>
  );
}
