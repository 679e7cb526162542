/** The line in the list where the budget held records back: how many exactly, and the way to read them. */
import { Match, Show, Switch } from 'solid-js';
import { useSession } from '../session/session';
import { formatRoute } from '../state/route';
import { type SkipEntry, skippedSpan } from '../state/skip';
import { count, plural } from '../text/numbers';

interface Done {
  readonly rows: number;
  readonly complete: boolean;
}

export function SkipRow(props: { readonly entry: SkipEntry }) {
  const session = useSession();
  const span = () => skippedSpan(props.entry);
  const done = (): Done | null => (typeof props.entry.read === 'object' ? props.entry.read : null);
  const inSearch = (): string =>
    formatRoute({ page: 'search', filter: session.view.applied(), own: { ...span() } });

  /** The row moves while records come in, and a press that ends on another row is no click. */
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    void session.view.unfold(props.entry);
  };
  const click = (event: MouseEvent): void => {
    if (event.detail === 0) void session.view.unfold(props.entry);
  };

  return (
    <li class="row row-skip" data-part="skip">
      <span>
        <Switch fallback={`… ${count(props.entry.count)} more were not shown here`}>
          <Match when={done()} keyed>
            {(read) =>
              read.complete
                ? `${plural(read.rows, 'record')} read back from the store`
                : `the newest ${count(read.rows)} of ${count(props.entry.count)} read back from the store`
            }
          </Match>
          <Match when={props.entry.read === 'reading'}>
            reading {count(props.entry.count)} from the store…
          </Match>
          <Match when={props.entry.read === 'failed'}>the store could not be read</Match>
        </Switch>
        <Show when={span() !== null && (props.entry.read === 'not' || props.entry.read === 'failed')}>
          <button type="button" class="row-button" onPointerDown={down} onClick={click}>
            {props.entry.read === 'failed' ? 'Try again' : 'Load them'}
          </button>
        </Show>
        <Show when={done()?.complete === false}>
          <a class="row-button" href={inSearch()}>
            All of them in Search
          </a>
        </Show>
      </span>
    </li>
  );
}
