/** Ctrl-K: everything that the page can do, found by typing a part of its name. */
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { listViews, type View } from '../api/settings';
import { commands } from '../session/palette';
import { useSession } from '../session/session';
import { type Command, findCommands } from '../state/palette';

function Commands(props: { readonly saved: readonly View[]; onDone(): void }) {
  const session = useSession();
  // What the page knew when the palette opened: nothing moves under the hand.
  const all = createMemo(
    on(
      () => props.saved,
      (saved) => commands(session, saved),
    ),
  );
  const [text, setText] = createSignal('');
  const [at, setAt] = createSignal(0);
  let list: HTMLDivElement | undefined;
  const found = createMemo(() => findCommands(all(), text()));

  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    props.onDone();
    command.run();
  };
  const step = (by: number): void => {
    setAt((old) => (found().length === 0 ? 0 : (old + by + found().length) % found().length));
    list?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  };
  const KEYS: Readonly<Record<string, () => void>> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => run(found()[at()]),
  };
  const key = (event: KeyboardEvent): void => {
    const act = KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <>
      <input
        class="palette-text"
        type="text"
        role="combobox"
        aria-label="Find a command"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found().length > 0 ? `palette-${at()}` : undefined}
        placeholder="A page, a view, a language, a service, a theme…"
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={key}
      />
      <div class="palette-list" id="palette-list" role="listbox" aria-label="Commands" ref={list}>
        <For each={found()} fallback={<p class="quiet">Nothing is called so.</p>}>
          {(command, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and names the active option.
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the input does the same.
            <div
              class="palette-line"
              id={`palette-${index()}`}
              role="option"
              aria-selected={index() === at()}
              onPointerMove={() => setAt(index())}
              onClick={() => run(command)}
            >
              <span class="palette-group dim">{command.group}</span>
              <bdi>{command.label}</bdi>
              <Show when={command.hint}>{(hint) => <kbd>{hint()}</kbd>}</Show>
            </div>
          )}
        </For>
      </div>
    </>
  );
}

export function Palette() {
  const session = useSession();
  const [saved, setSaved] = createSignal<readonly View[]>([]);
  let dialog: HTMLDialogElement | undefined;

  createEffect(
    on(session.palette, async (open) => {
      if (!open) return void dialog?.close();
      dialog?.showModal();
      // The palette does not wait for them, and does without.
      setSaved(await listViews().catch(() => []));
    }),
  );
  const close = (): void => session.setPalette(false);

  return (
    <dialog
      class="palette"
      ref={dialog}
      aria-label="Commands"
      onClose={close}
      onPointerDown={(event) => event.target === dialog && close()}
    >
      <Show when={session.palette()}>
        <Commands saved={saved()} onDone={close} />
      </Show>
    </dialog>
  );
}
