/** Stored records of a time range: found, counted, read in their context. Everything that is asked stands in the address. */
import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from 'solid-js';
import { isEverything } from '../api/query';
import type { Row } from '../api/types';
import { BySelect } from '../parts/by_select';
import { ContextView } from '../parts/context_view';
import { Record } from '../parts/details';
import { ExportMenu } from '../parts/export_menu';
import { Facets } from '../parts/facets';
import { FilterBar } from '../parts/filter_bar';
import { FoundEnd } from '../parts/found_end';
import { FoundList } from '../parts/found_list';
import { HitsPanel } from '../parts/hits_panel';
import { SavedViews } from '../parts/saved_views';
import { SearchSummary } from '../parts/search_summary';
import { StreamTools } from '../parts/stream_tools';
import { TimeRange } from '../parts/time_range';
import { createOpened } from '../session/opened';
import { createSearcher } from '../session/searcher';
import { useSession } from '../session/session';
import { sameOf } from '../state/context';
import { type Range, rangeParams } from '../state/range';
import { wantsMore, withDays } from '../state/search';
import { type Choice, choiceOf, choose } from '../state/terms';
import type { Zone } from '../text/moment';

export function SearchPage() {
  const session = useSession();
  const searcher = createSearcher(session);
  const { search, range } = searcher;
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [around, setAround] = createSignal<readonly Row[]>([]);
  const [rail, setRail] = createSignal(false);
  const own = () => session.route().own;
  const context = () => (!own().around ? null : (sameOf(own().same) ?? 'stream'));
  const rows = (): readonly Row[] => (context() === null ? search().rows : around());
  const opened = createOpened(session, rows);
  const zone = (): Zone => session.settings().zone;
  const entries = createMemo(() => withDays(search().rows, zone()));

  createEffect(
    on(
      () => own().around,
      () => setCursor(null),
      { defer: true },
    ),
  );

  const choseRange = (next: Range): void => session.setOwn({ from: next.from, to: next.to }, true);
  const choseValue = (field: string, value: string, choice: Choice): void =>
    session.setFilter({ q: choose(session.route().filter.q, field, value, choice) });
  const openKey = (key: string): void => {
    const row = rows().find((candidate) => candidate.id === key);
    if (row === undefined) return;
    setCursor(key);
    opened.open(row);
  };

  const move = (step: number): void => {
    const at = rows().findIndex((row) => row.id === (cursor() ?? (own().row || own().around)));
    const next = rows()[Math.max(0, Math.min(rows().length - 1, at + step))];
    if (next === undefined) return;
    setCursor(next.id);
    if (opened.row() !== null) opened.open(next);
  };
  const toggle = (): void => {
    const key = cursor();
    if (opened.row() !== null) opened.close();
    else if (key !== null) openKey(key);
  };
  const stepBack = (): void => {
    if (opened.row() !== null) opened.close();
    else if (search().phase === 'reading') searcher.cancel();
    else if (context() !== null) session.setOwn({ around: '', same: '' });
    else setCursor(null);
  };
  const KEYS: Readonly<Record<string, () => void>> = {
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: toggle,
    Escape: stepBack,
    r: searcher.run,
  };
  // The list's keys mean this page's list; the frame's keys are for the live one.
  const onKey = (event: KeyboardEvent): void => {
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || session.help()) return;
    if (target?.matches('input, textarea, select')) return;
    const wants =
      event.key === 'Escape' || !target?.matches('button, a, summary, [role=tab], [role=dialog] *');
    const action = wants ? KEYS[event.key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  onMount(() => {
    session.view.setOpen(null);
    document.addEventListener('keydown', onKey);
  });
  onCleanup(() => document.removeEventListener('keydown', onKey));

  const error = () => search().error;
  const queryError = () => {
    const problem = error();
    return problem?.reason === 'query' ? { error: problem.message, position: problem.position } : null;
  };
  const quietHits = (): string => {
    if (search().counting) return 'Counting…';
    return search().error === null ? 'No records to count.' : '';
  };
  const span = () => ({ from: range().from === 'all' ? '' : range().from, to: range().to });

  return (
    <main class="search" classList={{ 'search-rail': rail() }}>
      <section class="panel search-head" aria-label="Search">
        <FilterBar error={queryError()} span={span()} />
        <div class="search-bar">
          <TimeRange range={range()} zone={zone()} onChoose={choseRange} />
          <SearchSummary search={search()} onCancel={searcher.cancel} onRun={searcher.run} />
          <span class="spring" />
          <button
            type="button"
            class="button rail-button"
            aria-pressed={rail()}
            onClick={() => setRail(!rail())}
          >
            Fields
          </button>
          <BySelect
            value={searcher.by()}
            facets={searcher.facets() ?? []}
            onChoose={(by) => session.setOwn({ by: by === 'level' ? '' : by })}
          />
          <StreamTools facets={null} onFacets={() => setRail(!rail())} />
          <SavedViews />
          <ExportMenu
            filter={session.route().filter}
            ends={rangeParams(range())}
            total={search().hits?.total ?? null}
          />
        </div>
        <HitsPanel
          hits={search().hits}
          quiet={quietHits()}
          zone={zone()}
          nowMs={session.nowMs()}
          onRange={choseRange}
          onValue={(value, choice) => choseValue(searcher.by(), value, choice)}
        />
      </section>
      <div class="search-body">
        <aside class="panel search-facets" aria-label="Fields of the matching records">
          <Facets
            facets={searcher.facets() ?? []}
            quiet={searcher.facets() === null ? 'Reading…' : 'No fields.'}
            choiceOf={(field, value) => choiceOf(session.route().filter.q, field, value)}
            onChoose={choseValue}
          />
        </aside>
        <section class="panel search-found" aria-label="Found records">
          <Show
            when={context()}
            fallback={
              <FoundList
                label="Found records, newest first"
                entries={entries()}
                cursor={cursor()}
                marked={opened.row()?.id ?? null}
                run={search().run}
                onOpen={openKey}
                onNearEnd={() => {
                  if (wantsMore(search())) searcher.more();
                }}
              >
                <FoundEnd
                  search={search()}
                  narrowed={!isEverything(session.route().filter)}
                  onMore={searcher.more}
                  onRun={searcher.run}
                />
              </FoundList>
            }
          >
            {(same) => (
              <ContextView
                id={own().around ?? ''}
                same={same()}
                zone={zone()}
                cursor={cursor()}
                onSame={(next) => session.setOwn({ same: next })}
                onOpen={(row) => {
                  setCursor(row.id);
                  opened.open(row);
                }}
                onRows={setAround}
                onClose={() => session.setOwn({ around: '', same: '' }, true)}
              />
            )}
          </Show>
          <Show when={opened.problem()}>
            <p class="search-missing bad" role="alert">
              {opened.problem()}{' '}
              <button type="button" class="button" onClick={opened.close}>
                Close
              </button>
            </p>
          </Show>
        </section>
      </div>
      <Show when={opened.row()} keyed>
        {(row) => <Record row={row} onClose={opened.close} />}
      </Show>
    </main>
  );
}
