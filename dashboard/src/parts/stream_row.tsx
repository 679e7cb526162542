/** One record on one line. */
import type { RowEntry } from '../state/live';
import { levelWords } from '../text/level';
import { oneLine, tail } from '../text/line';
import { clock } from '../text/time';
import { LanguageMark } from './language_mark';
import { LevelMark } from './level_mark';

interface Props {
  readonly entry: RowEntry;
  readonly current: boolean;
  onOpen(): void;
}

export function StreamRow(props: Props) {
  const row = props.entry.row;
  const at = clock(row.time_ns);
  const where = [row.service, row.component].filter((part) => part !== undefined && part !== '').join(' / ');

  /** A click that ends a selection selects; it does not open. */
  const click = (): void => {
    if (getSelection()?.isCollapsed !== false) props.onOpen();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes j, k and Enter.
    <li
      class={`row row-${levelWords(row.level).name}`}
      classList={{ current: props.current }}
      data-id={row.id}
      onClick={click}
    >
      <time class="row-time">
        {at.slice(0, 8)}
        <span class="row-fraction">{at.slice(8)}</span>
      </time>
      <LevelMark level={row.level} />
      <LanguageMark language={row.language} />
      <span class="row-where">{oneLine(where, 80)}</span>
      <span class="row-text">
        {row.event ? <span class="row-event">event</span> : null}
        <span class="row-message">{oneLine(row.message)}</span>
        <span class="row-tail">{tail(row)}</span>
      </span>
    </li>
  );
}
