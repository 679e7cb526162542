/** Records a second, stacked by level or by language, with the numbers under the cursor beside it. */
import 'uplot/dist/uPlot.min.css';
import { createEffect, createMemo, createSignal, Index, on, onCleanup, onMount } from 'solid-js';
import uPlot from 'uplot';
import { useSession } from '../session/session';
import type { Zone } from '../text/moment';
import { count, short } from '../text/numbers';
import { clockOfSecond } from '../text/time';
import { readColours } from './colours';
import { cumulate, type Layer, layers } from './stack';

const FONT = '11px system-ui, sans-serif';

/** Large areas in full colour shout; the chart mixes them with its ground. Opaque, since layers overlap. */
function soft(token: string): string {
  return `color-mix(in srgb, var(${token}) 72%, var(--panel))`;
}

function axes(text: string, grid: string, zone: Zone): uPlot.Axis[] {
  const common = { stroke: text, font: FONT, ticks: { show: false } };
  return [
    {
      ...common,
      size: 22,
      gap: 4,
      space: 90,
      grid: { show: false },
      values: (_, splits) => splits.map((second) => clockOfSecond(second, zone)),
    },
    {
      ...common,
      size: 40,
      gap: 6,
      space: 34,
      grid: { stroke: grid, width: 1 },
      values: (_, splits) => splits.map((value) => (value % 1 === 0 ? short(value) : '')),
    },
  ];
}

function plot(
  host: HTMLElement,
  stack: readonly Layer[],
  data: uPlot.AlignedData,
  zone: Zone,
  onHover: (at: number | null) => void,
): uPlot {
  const tokens = ['var(--text-dim)', 'var(--line)', ...stack.map((layer) => soft(layer.token))];
  const [text = '', grid = '', ...fills] = readColours(host, tokens);
  const options: uPlot.Options = {
    width: Math.max(100, host.clientWidth),
    height: Math.max(80, host.clientHeight),
    padding: [8, 28, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: {
      x: { time: false },
      y: { range: (_, __, max) => [0, Math.max(4, max * 1.08)] },
    },
    axes: axes(text, grid, zone),
    // Highest sum first: each lower layer is painted over it, opaque.
    series: [{}, ...fills.toReversed().map((fill) => ({ fill, width: 0, points: { show: false } }))],
    hooks: { setCursor: [(self) => onHover(self.cursor.idx ?? null)] },
  };
  return new uPlot(options, data, host);
}

export function Throughput() {
  const session = useSession();
  const [hover, setHover] = createSignal<number | null>(null);
  let host: HTMLDivElement | undefined;

  const span = (): number => session.settings().chartSpan;
  const names = createMemo(() =>
    session
      .stats()
      .languages.map((language) => language.language)
      .join('\n'),
  );
  const nowS = createMemo(() => Math.floor((session.stats().last?.now_ms ?? Date.now()) / 1000));
  const stack = createMemo(() => {
    const languages = names() === '' ? [] : names().split('\n');
    return layers(session.settings().chartKind, session.stats().seconds, languages, nowS(), span());
  });
  const data = createMemo((): uPlot.AlignedData => {
    const first = nowS() - span();
    const xs = Array.from({ length: span() }, (_, at) => first + at);
    return [xs, ...cumulate(stack()).toReversed()] as uPlot.AlignedData;
  });
  /** Changes when the chart has to be built anew: other layers or other colours. */
  const shape = createMemo(() => {
    const keys = stack().map((layer) => layer.key);
    const { theme, zone, chartKind } = session.settings();
    return [theme, zone, chartKind, ...keys].join('\n');
  });

  onMount(() => {
    if (host === undefined) return;
    const box = host;
    let chart: uPlot | null = null;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const build = (): void => {
      chart?.destroy();
      chart = plot(box, stack(), data(), session.settings().zone, setHover);
    };
    // The theme is written to the document by another effect: colours are read a moment later.
    createEffect(on(shape, () => queueMicrotask(build)));
    // Data of other layers come before the chart that can draw them.
    const draw = (next: uPlot.AlignedData): void => {
      if (chart?.series.length === next.length) chart.setData(next);
    };
    createEffect(on(data, draw, { defer: true }));
    const resize = new ResizeObserver(() => {
      chart?.setSize({ width: Math.max(100, box.clientWidth), height: Math.max(80, box.clientHeight) });
    });
    resize.observe(box);
    dark.addEventListener('change', build);
    onCleanup(() => {
      resize.disconnect();
      dark.removeEventListener('change', build);
      chart?.destroy();
    });
  });

  const at = (): number => hover() ?? span() - 1;
  const when = (): string =>
    hover() === null
      ? 'last second'
      : clockOfSecond(nowS() - span() + (hover() ?? 0), session.settings().zone);
  const totalAt = (): number => stack().reduce((sum, layer) => sum + (layer.values[at()] ?? 0), 0);

  return (
    <div class="throughput">
      <div class="throughput-plot" ref={host} role="img" aria-label="Records a second over time" />
      <dl class="throughput-legend">
        <div class="throughput-when">
          <dt>{when()}</dt>
          <dd>{count(totalAt())}</dd>
        </div>
        <Index each={stack().toReversed()}>
          {(layer) => (
            <div class={(layer().values[at()] ?? 0) === 0 ? 'none' : ''}>
              <dt>
                <i style={{ background: soft(layer().token) }} aria-hidden="true" />
                {layer().label}
              </dt>
              <dd>{count(layer().values[at()] ?? 0)}</dd>
            </div>
          )}
        </Index>
      </dl>
    </div>
  );
}
