/** The line in the list where the connection was lost, and what the store gave back of it. */
import type { GapEntry } from '../state/live';
import { plural } from '../text/numbers';
import { duration } from '../text/time';

function words(entry: GapEntry): string {
  if (entry.filled === null) return 'connection lost here';
  const { rows, complete, lastedMs } = entry.filled;
  const lost = `connection lost for ${duration(lastedMs)}`;
  if (complete) return `${lost} · ${plural(rows, 'record')} read back from the store`;
  return rows === 0
    ? `${lost} · the store could not be read; records of that time are missing here`
    : `${lost} · the newest ${plural(rows, 'record')} read back; older ones are only in the store`;
}

export function GapRow(props: { readonly entry: GapEntry }) {
  return (
    <li class="row row-gap">
      <span>{words(props.entry)}</span>
    </li>
  );
}
