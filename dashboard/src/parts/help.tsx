/** The list of keys, and the query language in six lines. */
import { createEffect, For } from 'solid-js';
import { KEY_HELP } from '../session/keys';
import { useSession } from '../session/session';

const QUERY_HELP: readonly (readonly [string, string])[] = [
  ['timeout db', 'both words occur'],
  ['"timed out"', 'exactly these words'],
  ['service:pay*', 'a field that begins so'],
  ['level:>=warning', 'a level and above'],
  ['-path:/health', 'not this'],
  ['/time(d)? ?out/', 'a regular expression'],
];

export function Help() {
  const session = useSession();
  let dialog: HTMLDialogElement | undefined;
  createEffect(() => {
    if (session.help()) dialog?.showModal();
    else dialog?.close();
  });

  return (
    <dialog
      class="help"
      ref={dialog}
      onClose={() => session.setHelp(false)}
      aria-label="Keys and query language"
    >
      <header>
        <h2>Keys</h2>
        <button type="button" class="button close" onClick={() => session.setHelp(false)} aria-label="Close">
          ×
        </button>
      </header>
      <dl class="help-keys">
        <For each={KEY_HELP}>
          {(entry) => (
            <div>
              <dt>
                <For each={entry.keys}>{(key) => (key === '–' ? <span>–</span> : <kbd>{key}</kbd>)}</For>
              </dt>
              <dd>{entry.does}</dd>
            </div>
          )}
        </For>
      </dl>
      <h2>Filter</h2>
      <dl class="help-keys">
        <For each={QUERY_HELP}>
          {([query, means]) => (
            <div>
              <dt>
                <code>{query}</code>
              </dt>
              <dd>{means}</dd>
            </div>
          )}
        </For>
      </dl>
    </dialog>
  );
}
