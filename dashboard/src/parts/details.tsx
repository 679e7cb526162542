/** Everything about one record, beside the list. */
import { createMemo, Show } from 'solid-js';
import { EVERYTHING } from '../api/query';
import type { Json, Row } from '../api/types';
import { useSession } from '../session/session';
import { formatRoute } from '../state/route';
import { type Choice, choose } from '../state/terms';
import { plainLine } from '../text/line';
import { CopyButton } from './copy_button';
import { type Field, Fields, LongText } from './fields';
import { LanguageMark } from './language_mark';
import { LevelMark } from './level_mark';
import { StackTrace } from './stack_trace';

const CONTEXT = [
  'time',
  'event',
  'service',
  'component',
  'environment',
  'host',
  'pid',
  'logger',
  'thread',
  'trace_id',
  'span_id',
  'stream',
  'seq',
  'id',
] as const satisfies readonly (keyof Row)[];

function contextOf(row: Row): Field[] {
  return CONTEXT.flatMap((name) => {
    const value: Json | undefined = row[name];
    return value === undefined || value === null ? [] : [{ name, value }];
  });
}

function metadataOf(row: Row): Field[] {
  return Object.entries(row.metadata ?? {}).map(([name, value]) => ({ name, value }));
}

/** The same record for whoever gets the link, whatever they look at now. */
function linkTo(row: Row): string {
  const hash = formatRoute({ page: 'search', filter: EVERYTHING, own: { row: row.id } });
  return `${location.origin}${location.pathname}${hash}`;
}

export function Record(props: { readonly row: Row; onClose(): void }) {
  const session = useSession();
  const onChoose = (field: string, value: string, choice: Choice): void =>
    session.setFilter({ q: choose(session.route().filter.q, field, value, choice) });
  // From a search the way back leads to the same search.
  const around = (): string => {
    const { page, filter, own } = session.route();
    const next = { around: props.row.id };
    return page === 'search'
      ? formatRoute({ page, filter, own: { ...own, row: '', ...next } })
      : formatRoute({ page: 'search', filter: EVERYTHING, own: next });
  };
  const metadata = createMemo(() => metadataOf(props.row));
  return (
    <aside class="details" aria-label="Record">
      <header class="details-head">
        <LevelMark level={props.row.level} />
        <LanguageMark language={props.row.language} />
        <span class="spring" />
        <a class="button" href={around()} title="The records before and after it">
          Context
        </a>
        <span class="details-copy">
          <span class="dim">Copy</span>
          <CopyButton label="Line" name="Copy line" text={() => plainLine(props.row)} />
          <CopyButton label="JSON" name="Copy JSON" text={() => JSON.stringify(props.row, null, 2)} />
          <CopyButton label="Link" name="Copy link" text={() => linkTo(props.row)} />
        </span>
        <button type="button" class="button close" onClick={() => props.onClose()} aria-label="Close (Esc)">
          ×
        </button>
      </header>
      <div class="details-body">
        <p class="details-message">
          <LongText text={props.row.message} />
        </p>
        <Show when={props.row.error}>
          {(error) => (
            <section class="details-error">
              <h3>
                {error().type ?? 'Error'}
                <Show when={error().message}>{(message) => <span>{message()}</span>}</Show>
              </h3>
              <Show when={error().stack} keyed>
                {(stack) => <StackTrace stack={stack} />}
              </Show>
            </section>
          )}
        </Show>
        <Show when={metadata().length > 0}>
          <h3>Metadata</h3>
          <Fields fields={metadata()} onChoose={onChoose} />
        </Show>
        <h3>Record</h3>
        <Fields fields={contextOf(props.row)} onChoose={onChoose} />
      </div>
    </aside>
  );
}

export function Details() {
  const { view } = useSession();
  return (
    <Show when={view.open()} keyed>
      {(row) => <Record row={row} onClose={() => view.setOpen(null)} />}
    </Show>
  );
}
