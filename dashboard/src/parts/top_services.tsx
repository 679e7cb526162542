/** The services that log most, with their share of errors; a click shows only one of them. */
import { createMemo, For, Show } from 'solid-js';
import { useSession } from '../session/session';
import { topServices } from '../state/stats';
import { markClass } from '../text/language';
import { oneLine } from '../text/line';
import { percent, short } from '../text/numbers';

/** More are not drawn; the facets and the filter know them all. */
const MOST = 50;
const GRAVE_SHARE = 0.05;
const CHARS = 60;

export function TopServices() {
  const session = useSession();
  const services = createMemo(() => {
    const { last, seconds } = session.stats();
    const nowS = Math.floor((last?.now_ms ?? 0) / 1000);
    return topServices(seconds, nowS, session.settings().chartSpan).slice(0, MOST);
  });
  const names = createMemo(() => services().map(({ service }) => service));
  const of = (name: string) => services().find(({ service }) => service === name);
  const most = (): number => services()[0]?.total ?? 1;
  const chosen = (name: string): boolean => name !== '' && session.route().filter.service === name;

  return (
    <Show when={names().length > 0} fallback={<p class="quiet">Nothing in this time.</p>}>
      <ul class="panel-list">
        <For each={names()}>
          {(name) => (
            <Show when={of(name)}>
              {(service) => (
                <li>
                  <button
                    type="button"
                    class={`line service-line ${markClass(service().language)}`}
                    aria-pressed={chosen(name)}
                    disabled={name === ''}
                    title={chosen(name) ? 'Show all services' : `Show only ${oneLine(name, CHARS)}`}
                    onClick={() => session.setFilter({ service: chosen(name) ? '' : name })}
                  >
                    <i class="line-share" style={{ transform: `scaleX(${service().total / most()})` }} />
                    <i class="language-dot" aria-hidden="true" />
                    <bdi class="line-name">{name === '' ? 'unnamed' : oneLine(name, CHARS)}</bdi>
                    <span
                      class="number service-errors"
                      classList={{ bad: service().errors > service().total * GRAVE_SHARE }}
                    >
                      {percent(service().errors, service().total)}
                    </span>
                    <span class="number">{short(service().total)}</span>
                  </button>
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
    </Show>
  );
}
