/** A language's name with its colour. */
import { languageLabel, markClass } from '../text/language';
import { oneLine } from '../text/line';

const CHARS = 40;

export function LanguageMark(props: { readonly language: string | undefined }) {
  return (
    <span class={`language ${markClass(props.language)}`}>
      {oneLine(languageLabel(props.language), CHARS)}
    </span>
  );
}
