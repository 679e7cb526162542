/** How the records of the chosen time are spread over the levels; a click on one sets the filter's minimum. */
import { createMemo, For } from 'solid-js';
import { LEVELS } from '../api/types';
import { useSession } from '../session/session';
import { levelTotals } from '../state/stats';
import { levelWords } from '../text/level';
import { count, percent } from '../text/numbers';
import { LevelMark } from './level_mark';

export function LevelDistribution() {
  const session = useSession();
  const sums = createMemo(() => {
    const { last, seconds } = session.stats();
    return levelTotals(seconds, Math.floor((last?.now_ms ?? 0) / 1000), session.settings().chartSpan);
  });
  const total = (): number => Object.values(sums()).reduce((sum, value) => sum + value, 0);
  const most = (): number => Math.max(1, ...Object.values(sums()));
  return (
    <ul class="levels">
      <For each={LEVELS.toReversed()}>
        {(level) => {
          const value = (): number => sums()[level] ?? 0;
          return (
            <li class={`levels-line level-${levelWords(level).name}`} classList={{ none: value() === 0 }}>
              <LevelMark level={level} />
              <span class="levels-bar">
                <i style={{ transform: `scaleX(${value() / most()})` }} />
              </span>
              <span class="number">{count(value())}</span>
              <span class="number dim">{percent(value(), total())}</span>
            </li>
          );
        }}
      </For>
    </ul>
  );
}
