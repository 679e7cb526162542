/** A language's name with its colour. */
import { languageText, markClass } from '../text/language';

export function LanguageMark(props: { readonly language: string | undefined }) {
  return <span class={`language ${markClass(props.language)}`}>{languageText(props.language)}</span>;
}
