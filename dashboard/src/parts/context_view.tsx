/** One record amid its neighbours, oldest first: of the same process, service, host or trace, or of everything. */
import { createEffect, createMemo, createSignal, on, onCleanup, Show } from 'solid-js';
import { ApiError } from '../api/http';
import { type Context, contextOf } from '../api/search';
import type { Row } from '../api/types';
import {
  FIRST_REACH,
  further,
  hasMore,
  inOrder,
  type Reach,
  SAME_WORDS,
  type Same,
  sames,
} from '../state/context';
import { rowMs, withDays } from '../state/search';
import { momentWords, type Zone } from '../text/moment';
import { plural } from '../text/numbers';
import { FoundList } from './found_list';
import { type Choice, Segmented } from './segmented';

interface Props {
  readonly id: string;
  readonly same: Same;
  readonly zone: Zone;
  readonly cursor: string | null;
  onSame(same: Same): void;
  onOpen(row: Row): void;
  /** The rows that j and k walk. */
  onRows(rows: readonly Row[]): void;
  onClose(): void;
}

function why(cause: unknown): string {
  if (cause instanceof ApiError && cause.reason === 'record') {
    return 'This record is not in the store any more. It may have been older than the retention.';
  }
  return cause instanceof Error ? cause.message : 'That did not work.';
}

export function ContextView(props: Props) {
  const [context, setContext] = createSignal<Context | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [reach, setReach] = createSignal<Reach>(FIRST_REACH);
  let asked = new AbortController();

  const read = async (): Promise<void> => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const { before, after } = reach();
      const answer = await contextOf(props.id, props.same, before, after, signal);
      setContext(answer);
      setProblem(null);
      props.onRows(inOrder(answer));
    } catch (cause) {
      if (!signal.aborted) setProblem(why(cause));
    }
  };
  createEffect(
    on([() => props.id, () => props.same], () => {
      setReach(FIRST_REACH);
      void read();
    }),
  );
  onCleanup(() => asked.abort());

  const more = (side: keyof Reach): void => {
    setReach((old) => further(old, side));
    void read();
  };
  const entries = createMemo(() => {
    const found = context();
    return found === null ? [] : withDays(inOrder(found), props.zone);
  });
  const choices = (found: Context): readonly Choice<Same>[] =>
    sames(found.record).map((value) => ({ value, label: SAME_WORDS[value] }));
  const can = (side: keyof Reach): boolean => {
    const found = context();
    return found !== null && hasMore(found, reach(), side);
  };

  return (
    <section class="context" aria-label="Context of a record">
      <header class="context-head">
        <h2>Context</h2>
        <Show when={context()}>
          {(found) => (
            <>
              <span class="dim context-when">
                {momentWords(rowMs(found().record), props.zone)} · {plural(found().before.length, 'record')}{' '}
                before, {found().after.length} after
                <Show when={found().partial}>, not all of them</Show>
              </span>
              <span class="spring" />
              <Segmented
                name="same"
                label="Records of the same"
                value={props.same}
                choices={choices(found())}
                onChoose={(same) => props.onSame(same)}
              />
            </>
          )}
        </Show>
        <button type="button" class="button" onClick={() => props.onClose()}>
          Back to the search
        </button>
      </header>
      <Show when={problem()}>
        <p class="quiet bad" role="alert">
          {problem()}
        </p>
      </Show>
      <FoundList
        label="Records around the chosen one, oldest first"
        entries={entries()}
        cursor={props.cursor}
        marked={context()?.record.id ?? null}
        centre={context() === null ? null : `${context()?.record.id}`}
        run={0}
        onOpen={(key) => {
          const row = entries().find((entry) => entry.key === key);
          if (row?.kind === 'row') props.onOpen(row.row);
        }}
      />
      <footer class="context-foot">
        <button type="button" class="button" disabled={!can('before')} onClick={() => more('before')}>
          More before
        </button>
        <button type="button" class="button" disabled={!can('after')} onClick={() => more('after')}>
          More after
        </button>
      </footer>
    </section>
  );
}
