/** How long records took from their own time to the store: half of them, and 99 of 100, second by second. */
import { createMemo } from 'solid-js';
import { useSession } from '../session/session';
import type { Delay } from '../state/stats';
import { duration } from '../text/time';
import { linePath, niceTop } from './line';

const WIDTH = 300;
const HEIGHT = 100;

export function DelayTrend() {
  const session = useSession();
  const nowS = (): number => Math.floor((session.stats().last?.now_ms ?? 0) / 1000);
  const span = (): number => session.settings().chartSpan;
  const shown = createMemo(() => session.stats().delays.filter(({ at }) => at > nowS() - span()));
  const top = createMemo(() => niceTop(Math.max(1, ...shown().map(({ p99 }) => p99))));
  const path = (value: (delay: Delay) => number): string =>
    linePath(
      shown().map((delay) => [1 - (nowS() - delay.at) / span(), value(delay) / top()] as const),
      WIDTH,
      HEIGHT,
    );
  const now = (quantile: 'p50' | 'p99'): string => {
    const value = session.stats().last?.ingest_delay_ms[quantile];
    return value == null ? '–' : duration(value);
  };

  return (
    <div class="delay">
      <div class="delay-plot">
        <span class="delay-top">{duration(top())}</span>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="delay-p99" d={path(({ p99 }) => p99)} />
          <path class="delay-p50" d={path(({ p50 }) => p50)} />
        </svg>
      </div>
      <dl class="delay-legend">
        <div>
          <dt>
            <i class="delay-key delay-key-50" aria-hidden="true" />
            p50
          </dt>
          <dd>{now('p50')}</dd>
        </div>
        <div>
          <dt>
            <i class="delay-key delay-key-99" aria-hidden="true" />
            p99
          </dt>
          <dd>{now('p99')}</dd>
        </div>
      </dl>
    </div>
  );
}
