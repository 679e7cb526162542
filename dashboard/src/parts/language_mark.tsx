/** A language's name with its colour. */
import { languageColour, languageLabel } from '../text/language';
import { oneLine } from '../text/line';

export function LanguageMark(props: { readonly language: string | undefined }) {
  return (
    <span class="language" style={{ '--mark': `var(--language-${languageColour(props.language)})` }}>
      <i class="language-dot" aria-hidden="true" />
      <span class="language-name">{oneLine(languageLabel(props.language), 40)}</span>
    </span>
  );
}
