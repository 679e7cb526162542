/** One record on one line, or on as many as it needs where lines are wrapped. */
import type { Accessor } from 'solid-js';
import { useSession } from '../session/session';
import type { RowEntry } from '../state/live';
import { languageText, markClass } from '../text/language';
import { levelWords } from '../text/level';
import { oneLine, tail } from '../text/line';
import { clock } from '../text/time';

interface Props {
  readonly entry: RowEntry;
  readonly current: boolean;
  /** Its place in the list, for lists that measure their rows. */
  readonly index: Accessor<number> | undefined;
  readonly ref: ((row: HTMLElement) => void) | undefined;
  onOpen(): void;
}

const WHERE_CHARS = 80;

/**
 * A record does not change, and two hundred of them come in a second: what is shown of it is plain values, written
 * once, and nothing that listens. Lists draw their rows anew when times are to be read otherwise.
 */
export function StreamRow(props: Props) {
  const row = props.entry.row;
  const { id, time: datetime, event } = row;
  const { name, sign, label } = levelWords(row.level);
  const at = clock(row.time_ns, useSession().settings());
  const [second, fraction] = [at.slice(0, 8), at.slice(8)];
  const language = languageText(row.language);
  const mark = markClass(row.language);
  const named = [row.service, row.component].filter((part) => part !== undefined && part !== '');
  const where = oneLine(named.join(' / '), WHERE_CHARS);
  const message = oneLine(row.message);
  const rest = tail(row);

  /** A click that ends a selection selects; it does not open. */
  const click = (): void => {
    if (getSelection()?.isCollapsed !== false) props.onOpen();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself takes j, k and Enter.
    <li
      ref={(element) => props.ref?.(element)}
      class={`row row-${name}`}
      classList={{ current: props.current }}
      data-id={id}
      data-index={props.index?.()}
      onClick={click}
    >
      <time class="row-time" datetime={datetime}>
        {second}
        <span class="row-fraction">{fraction}</span>
      </time>
      <span class={`level level-${name}`} data-sign={sign}>
        {label}
      </span>
      <span class={`language ${mark}`}>{language}</span>
      <span class="row-where">{where}</span>
      <span class="row-text">
        {event ? <span class="row-event">event</span> : null}
        <span class="row-message">{message}</span>
        <span class="row-tail">{rest}</span>
      </span>
    </li>
  );
}
