/** The live stream as a whole: filter, pace, list, and a word when the list is empty. */
import { Show } from 'solid-js';
import type { Span } from '../api/counts';
import { isEverything } from '../api/query';
import { useSession } from '../session/session';
import { FilterBar } from './filter_bar';
import { StreamBar } from './stream_bar';
import { StreamList } from './stream_list';

/** Suggestions come from what is coming in. */
const RECENT: Span = { from: '15m', to: '' };

export function StreamPanel() {
  const session = useSession();
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
        <StreamBar />
      </div>
      <div class="stream-body">
        <StreamList />
        <Show when={quiet()}>
          <p class="quiet">{words()}</p>
        </Show>
      </div>
    </section>
  );
}
