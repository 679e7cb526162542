/** All matches as a file: plain links, so that the browser writes to disk while the server sends. */
import { For } from 'solid-js';
import type { Filter } from '../api/query';
import { type Ends, EXPORT_FORMATS, type ExportFormat, exportPath } from '../api/search';
import { plural } from '../text/numbers';
import { Popover } from './popover';

/** What the server gives at most. */
const MOST_RECORDS = 100_000_000;

const MEANS: Readonly<Record<ExportFormat, { readonly label: string; readonly note: string }>> = {
  ndjson: { label: 'NDJSON', note: 'every field, one JSON object a line' },
  csv: { label: 'CSV', note: 'one column a field, for tables' },
  txt: { label: 'Text', note: 'time, level, place and message, for reading' },
};

interface Props {
  readonly filter: Filter;
  readonly ends: Ends;
  /** How many records match; null while that is not known. */
  readonly total: number | null;
}

export function ExportMenu(props: Props) {
  return (
    <Popover name="Export all matches" label="Export" side="right" disabled={props.total === 0}>
      {(close) => (
        <div class="menu export-menu">
          <p class="menu-note dim">
            {props.total === null ? 'All matches' : `All ${plural(props.total, 'match', 'matches')}`}, newest
            first, not only those on the page.
          </p>
          <ul>
            <For each={EXPORT_FORMATS}>
              {(format, at) => (
                <li>
                  <a
                    class="menu-item"
                    href={exportPath(props.filter, props.ends, format, MOST_RECORDS)}
                    download=""
                    data-first={at() === 0 ? '' : undefined}
                    onClick={close}
                  >
                    <b>{MEANS[format].label}</b>
                    <span class="dim">{MEANS[format].note}</span>
                  </a>
                </li>
              )}
            </For>
          </ul>
        </div>
      )}
    </Popover>
  );
}
