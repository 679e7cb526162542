/** One record on one line, or on as many as it needs where lines are wrapped. */
import { useSession } from '../session/session';
import type { RowEntry } from '../state/live';
import { languageColour } from '../text/language';
import { levelWords } from '../text/level';
import { oneLine, tail } from '../text/line';
import { clock } from '../text/time';
import { LanguageMark } from './language_mark';
import { LevelMark } from './level_mark';

interface Props {
  readonly entry: RowEntry;
  readonly current: boolean;
  /** Its place in the list, for lists that measure their rows. */
  readonly index?: number;
  readonly ref?: (row: HTMLLIElement) => void;
  onOpen(): void;
}

const WHERE_CHARS = 80;

export function StreamRow(props: Props) {
  const { settings } = useSession();
  const row = props.entry.row;
  const at = (): string => clock(row.time_ns, settings());
  const where = [row.service, row.component].filter((part) => part !== undefined && part !== '').join(' / ');

  /** A click that ends a selection selects; it does not open. */
  const click = (): void => {
    if (getSelection()?.isCollapsed !== false) props.onOpen();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes j, k and Enter.
    <li
      ref={(element) => props.ref?.(element)}
      class={`row row-${levelWords(row.level).name}`}
      classList={{ current: props.current }}
      data-id={row.id}
      data-index={props.index}
      style={{ '--mark': `var(--language-${languageColour(row.language)})` }}
      onClick={click}
    >
      <time class="row-time" datetime={row.time}>
        {at().slice(0, 8)}
        <span class="row-fraction">{at().slice(8)}</span>
      </time>
      <LevelMark level={row.level} />
      <LanguageMark language={row.language} />
      <span class="row-where">{oneLine(where, WHERE_CHARS)}</span>
      <span class="row-text">
        {row.event ? <span class="row-event">event</span> : null}
        <span class="row-message">{oneLine(row.message)}</span>
        <span class="row-tail">{tail(row)}</span>
      </span>
    </li>
  );
}
