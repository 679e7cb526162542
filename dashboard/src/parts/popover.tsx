/** A button that opens a small panel under itself; Esc, a press elsewhere, or leaving it with the keyboard closes it. */
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';

interface Props {
  /** What the button says to those who cannot see it. */
  readonly name: string;
  readonly label: JSX.Element;
  readonly class?: string;
  /** The side of the button that the panel is aligned with. */
  readonly side?: 'left' | 'right';
  readonly disabled?: boolean;
  /** Called each time the panel opens. */
  onOpen?(): void;
  children(close: () => void): JSX.Element;
}

function Panel(props: { readonly name: string; readonly side: string; readonly children: JSX.Element }) {
  let panel: HTMLDivElement | undefined;
  onMount(() => panel?.querySelector<HTMLElement>('[data-first]')?.focus());
  return (
    <div class={`popover-panel popover-${props.side}`} ref={panel} role="dialog" aria-label={props.name}>
      {props.children}
    </div>
  );
}

export function Popover(props: Props) {
  const [open, setOpen] = createSignal(false);
  let root: HTMLDivElement | undefined;
  let button: HTMLButtonElement | undefined;

  const close = (): void => {
    setOpen(false);
    button?.focus();
  };
  const press = (): void => {
    setOpen(!open());
    if (open()) props.onOpen?.();
  };
  const onPointer = (event: PointerEvent): void => {
    if (event.target instanceof Node && !root?.contains(event.target)) setOpen(false);
  };
  const onFocusOut = (event: FocusEvent): void => {
    // Without a new focus the window itself was left; the panel waits.
    if (event.relatedTarget instanceof Node && !root?.contains(event.relatedTarget)) setOpen(false);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open()) return;
    event.stopPropagation();
    event.preventDefault();
    close();
  };
  onMount(() => {
    document.addEventListener('pointerdown', onPointer);
    // Before the page's own keys, wherever the focus is.
    document.addEventListener('keydown', onKey, { capture: true });
    root?.addEventListener('focusout', onFocusOut);
  });
  onCleanup(() => {
    document.removeEventListener('pointerdown', onPointer);
    document.removeEventListener('keydown', onKey, { capture: true });
  });

  return (
    <div class="popover" ref={root}>
      <button
        type="button"
        ref={button}
        class={`button ${props.class ?? ''}`}
        aria-expanded={open()}
        aria-haspopup="dialog"
        title={props.name}
        disabled={props.disabled ?? false}
        onClick={press}
      >
        {props.label}
        <i class="popover-sign" aria-hidden="true" />
      </button>
      <Show when={open()}>
        <Panel name={props.name} side={props.side ?? 'left'}>
          {props.children(close)}
        </Panel>
      </Show>
    </div>
  );
}
