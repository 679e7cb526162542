/** A button that puts text on the clipboard and says so for a moment. */
import { createSignal, onCleanup } from 'solid-js';

const SAYS_FOR_MS = 1_200;

/** Works without the clipboard API too, which browsers give only to https and localhost. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'unseen';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

interface Props {
  readonly label: string;
  /** For those who cannot see what stands around it. */
  readonly name?: string;
  /** Asked for only when the button is pressed: the text may be large. */
  text(): string;
}

export function CopyButton(props: Props) {
  const [said, setSaid] = createSignal<string | null>(null);
  let timer = 0;
  onCleanup(() => clearTimeout(timer));

  const press = async (): Promise<void> => {
    setSaid((await copy(props.text())) ? 'Copied' : 'Not allowed');
    clearTimeout(timer);
    timer = setTimeout(() => setSaid(null), SAYS_FOR_MS);
  };

  return (
    <button
      type="button"
      class="button copy"
      aria-label={props.name}
      title={props.name}
      onClick={() => void press()}
    >
      <span class={said() === null ? '' : 'ghost'}>{props.label}</span>
      <span class="copy-said" aria-live="polite">
        {said()}
      </span>
    </button>
  );
}
