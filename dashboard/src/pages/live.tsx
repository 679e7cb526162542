/** The stream with all the room there is: fields and values beside it, the last five minutes above it. */
import { createMemo } from 'solid-js';
import { Histogram } from '../charts/histogram';
import { Facets } from '../parts/facets';
import { StreamPanel } from '../parts/stream_panel';
import { createLiveCounts } from '../session/live_counts';
import { useSession } from '../session/session';
import { BUCKETS, recentChart, STEP_MS } from '../state/recent';
import { choiceOf, choose } from '../state/terms';
import { clockOfSecond } from '../text/time';

export function LivePage() {
  const session = useSession();
  const counts = createLiveCounts(session);
  const chart = createMemo(() => recentChart(counts.recent(), session.nowMs()));
  const q = (): string => session.route().filter.q;
  const when = (ms: number): string => clockOfSecond(ms / 1000, session.settings().zone);
  const inSearch = (fromMs: number, toMs: number): void => {
    const own = { from: new Date(fromMs).toISOString(), to: new Date(toMs - 1).toISOString() };
    session.go({ page: 'search', filter: session.route().filter, own });
  };

  return (
    <main class="live">
      <StreamPanel
        facets={() => (
          <Facets
            facets={counts.facets()}
            quiet={counts.counted() ? 'Nothing in the last five minutes.' : 'Counting…'}
            choiceOf={(field, value) => choiceOf(q(), field, value)}
            onChoose={(field, value, choice) => session.setFilter({ q: choose(q(), field, value, choice) })}
          />
        )}
      >
        <div class="stream-recent" data-part="recent">
          <Histogram
            layers={chart().layers}
            startMs={chart().startMs}
            stepMs={STEP_MS}
            buckets={BUCKETS}
            label="The last five minutes"
            when={when}
            onSelect={inSearch}
          />
        </div>
      </StreamPanel>
    </main>
  );
}
