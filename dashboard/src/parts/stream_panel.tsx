/** The live stream as a whole: filter, pace, list, and a word when the list is empty. */
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import type { Span } from '../api/counts';
import { isEverything } from '../api/query';
import { useSession } from '../session/session';
import { FilterBar } from './filter_bar';
import { StreamBar } from './stream_bar';
import { StreamList } from './stream_list';
import { StreamTools } from './stream_tools';

/** Suggestions come from what is coming in. */
const RECENT: Span = { from: '15m', to: '' };

/** Also in stream.css. */
const NARROW = matchMedia('(width < 1000px)');

interface Props {
  /** Between the bar and the list, such as a histogram. */
  readonly children?: JSX.Element;
  /** Beside the list. A function: made only when somebody wants to see it. */
  readonly facets?: () => JSX.Element;
}

export function StreamPanel(props: Props) {
  const session = useSession();
  const [narrow, setNarrow] = createSignal(NARROW.matches);
  /** Where facets lie over the list they are shown when asked for, and not from the start. */
  const [asked, setAsked] = createSignal(false);
  const wished = (): boolean => (narrow() ? asked() : session.settings().facets);
  const withFacets = (): boolean => props.facets !== undefined && wished();
  const toggle = (): void => {
    if (narrow()) setAsked(!asked());
    else session.choose({ facets: !session.settings().facets });
  };
  const onWidth = (): void => void setNarrow(NARROW.matches);
  NARROW.addEventListener('change', onWidth);
  onCleanup(() => NARROW.removeEventListener('change', onWidth));
  const quiet = (): boolean => session.view.live().shown.length === 0;
  const words = (): string => {
    if (session.view.loading()) return 'Reading…';
    if (isEverything(session.route().filter)) return 'No records yet.';
    return 'Nothing matches this filter yet. New records that match will appear here.';
  };

  return (
    <section class="panel stream" aria-label="Live stream">
      <div class="stream-head">
        <FilterBar error={session.view.error()} span={RECENT} />
        <StreamBar>
          <StreamTools facets={props.facets === undefined ? null : withFacets()} onFacets={toggle} />
        </StreamBar>
      </div>
      {props.children}
      <div class="stream-body live-body" classList={{ 'with-facets': withFacets() }}>
        <div class="stream-body">
          <StreamList />
          <Show when={quiet()}>
            <p class="quiet">{words()}</p>
          </Show>
        </div>
        {/* After the list, though it stands before it: the way to the records is not through a hundred values. */}
        <Show when={withFacets()}>
          <aside class="live-facets" aria-label="Fields">
            {props.facets?.()}
          </aside>
        </Show>
      </div>
    </section>
  );
}
