/** A button for what cannot be undone: the first press asks, the second does it; Esc or leaving it takes it back. */
import { createSignal } from 'solid-js';

interface Props {
  readonly label: string;
  /** What the second press will do. */
  readonly sure: string;
  /** For those who cannot see what it stands beside. */
  readonly name: string;
  readonly disabled?: boolean;
  onConfirm(): void;
}

export function ConfirmButton(props: Props) {
  const [asked, setAsked] = createSignal(false);
  const press = (): void => {
    if (asked()) props.onConfirm();
    setAsked(!asked());
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !asked()) return;
    event.stopPropagation();
    setAsked(false);
  };
  return (
    <button
      type="button"
      class="button confirm"
      classList={{ danger: asked() }}
      aria-label={asked() ? `${props.name}: press again to confirm` : props.name}
      aria-live="polite"
      disabled={props.disabled ?? false}
      onClick={press}
      onKeyDown={key}
      onBlur={() => setAsked(false)}
    >
      {asked() ? props.sure : props.label}
    </button>
  );
}
