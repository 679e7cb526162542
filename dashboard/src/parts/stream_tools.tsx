/** How records are shown: wrapped or cut, dense or roomy, in which zone, how exact their times, facets beside them or not. */
import { For, type JSX, Show } from 'solid-js';
import { useSession } from '../session/session';
import type { Settings } from '../state/settings';

interface Tool {
  readonly name: string;
  readonly sign: JSX.Element;
  /** Left to the palette where there is no room. */
  readonly wide?: true;
  on(settings: Settings): boolean;
  turn(settings: Settings): Partial<Settings>;
}

const TOOLS: readonly Tool[] = [
  {
    name: 'Wrap long lines',
    sign: '↩',
    on: ({ wrap }) => wrap,
    turn: ({ wrap }) => ({ wrap: !wrap }),
  },
  {
    name: 'Roomy lines',
    sign: '☰',
    wide: true,
    on: ({ density }) => density === 'roomy',
    turn: ({ density }) => ({ density: density === 'roomy' ? 'dense' : 'roomy' }),
  },
  {
    name: 'Times in UTC',
    sign: 'UTC',
    wide: true,
    on: ({ zone }) => zone === 'utc',
    turn: ({ zone }) => ({ zone: zone === 'utc' ? 'local' : 'utc' }),
  },
  {
    name: 'Times to the nanosecond, ns',
    sign: 'ns',
    wide: true,
    on: ({ nanos }) => nanos,
    turn: ({ nanos }) => ({ nanos: !nanos }),
  },
];

interface Props {
  /** Whether fields and values are shown; null where they cannot be. */
  readonly facets: boolean | null;
  onFacets(): void;
}

export function StreamTools(props: Props) {
  const session = useSession();
  return (
    <fieldset class="stream-tools" aria-label="How records are shown">
      <Show when={props.facets !== null}>
        <button
          type="button"
          class="button icon toggle tool-facets"
          aria-pressed={props.facets === true}
          aria-label="Fields and values"
          title="Fields and values"
          onClick={() => props.onFacets()}
        >
          ⊞
        </button>
      </Show>
      <For each={TOOLS}>
        {(tool) => (
          <button
            type="button"
            class={`button icon toggle ${tool.wide ? 'wide-only' : ''}`}
            aria-pressed={tool.on(session.settings())}
            aria-label={tool.name}
            title={tool.name}
            onClick={() => session.choose(tool.turn(session.settings()))}
          >
            {tool.sign}
          </button>
        )}
      </For>
    </fieldset>
  );
}
