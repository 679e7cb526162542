/** When each language logged: a strip of cells, darker for more, all by one measure. */
import { createMemo, For } from 'solid-js';
import { heatPaths, SHADES } from '../charts/heat';
import { useSession } from '../session/session';
import { fold, series } from '../state/stats';
import { languageColour, languageLabel } from '../text/language';
import { oneLine } from '../text/line';
import { count, short } from '../text/numbers';
import { LanguageMark } from './language_mark';

const CELLS = 60;
const CHARS = 60;

export function Activity() {
  const session = useSession();
  const names = createMemo(
    () =>
      session
        .stats()
        .languages.map(({ language }) => language)
        .join('\u0000'),
    '',
  );
  const strips = createMemo(() => {
    const { last, seconds, languages } = session.stats();
    const nowS = Math.floor((last?.now_ms ?? 0) / 1000);
    const span = session.settings().chartSpan;
    return new Map(
      languages.map(({ language }) => [
        language,
        fold(
          series(seconds, nowS, span, (second) => second.byLanguage[language] ?? 0),
          CELLS,
        ),
      ]),
    );
  });
  const top = (): number => Math.max(1, ...[...strips().values()].map((cells) => Math.max(...cells)));
  const sum = (name: string): number => (strips().get(name) ?? []).reduce((all, value) => all + value, 0);

  return (
    <section class="panel-list" tabindex="0" aria-label="Languages over time">
      <ul>
        <For each={names() === '' ? [] : names().split('\u0000')}>
          {(name) => (
            <li
              class="activity-line"
              title={`${oneLine(languageLabel(name), CHARS)}: ${count(sum(name))} records`}
            >
              <LanguageMark language={name} />
              <svg viewBox={`0 0 ${CELLS} 1`} preserveAspectRatio="none" aria-hidden="true">
                <For each={heatPaths(strips().get(name) ?? [], top())}>
                  {(path, shade) => (
                    <path
                      d={path}
                      style={{
                        fill: `var(--language-${languageColour(name)})`,
                        'fill-opacity': SHADES[shade()],
                      }}
                    />
                  )}
                </For>
              </svg>
              <span class="number">{short(sum(name))}</span>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
