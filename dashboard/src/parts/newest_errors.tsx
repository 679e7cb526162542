/** What went wrong last, each once, the newest first; a click opens the record. */
import { For, Show } from 'solid-js';
import { createNewestErrors } from '../session/newest_errors';
import { useSession } from '../session/session';
import { markClass } from '../text/language';
import { levelWords } from '../text/level';
import { oneLine } from '../text/line';
import { short } from '../text/numbers';
import { clock } from '../text/time';

const CHARS = 200;

export function NewestErrors() {
  const session = useSession();
  const groups = createNewestErrors(session);
  return (
    <Show
      when={(groups() ?? []).length > 0}
      fallback={<p class="quiet">{groups() === null ? 'Reading…' : 'No errors in the last 24 hours.'}</p>}
    >
      <ul class="panel-list">
        <For each={groups() ?? []}>
          {({ row, count }) => (
            <li>
              <button
                type="button"
                class={`line error-line row-${levelWords(row.level).name} ${markClass(row.language)}`}
                title={oneLine(row.message, CHARS)}
                onClick={() => session.view.setOpen(row)}
              >
                <span class="dim">{clock(row.time_ns, session.settings()).slice(0, 8)}</span>
                <i class="language-dot" aria-hidden="true" />
                <span class="error-message">
                  <bdi>{oneLine(row.message, CHARS)}</bdi>
                  <Show when={row.error?.type}>
                    {(type) => <span class="dim"> {oneLine(type(), 80)}</span>}
                  </Show>
                </span>
                <span class="number dim">{count > 1 ? `×${short(count)}` : ''}</span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
