/** A level as a sign and a word in its colour. */
import { levelWords } from '../text/level';

export function LevelMark(props: { readonly level: string }) {
  return (
    <span class={`level level-${levelWords(props.level).name}`}>
      <span class="level-sign" aria-hidden="true">
        {levelWords(props.level).sign}
      </span>
      <span class="level-word">{levelWords(props.level).label}</span>
    </span>
  );
}
