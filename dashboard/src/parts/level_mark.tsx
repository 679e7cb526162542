/** A level as a sign and a word in its colour. */
import { levelWords } from '../text/level';

export function LevelMark(props: { readonly level: string }) {
  const words = () => levelWords(props.level);
  return (
    <span class={`level level-${words().name}`} data-sign={words().sign}>
      {words().label}
    </span>
  );
}
