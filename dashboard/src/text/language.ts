/** How a language is named and which of the palette's colours it has. Any name works; these six are only pinned. */
import { oneLine } from './line';

/** Number of `--language-N` tokens, and of `mark-N` classes. */
export const LANGUAGE_COLOURS = 12;

interface Known {
  readonly label: string;
  readonly colour: number;
}

const KNOWN: Readonly<Record<string, Known>> = {
  python: { label: 'Python', colour: 0 },
  java: { label: 'Java', colour: 1 },
  node: { label: 'Node.js', colour: 2 },
  nodejs: { label: 'Node.js', colour: 2 },
  dotnet: { label: '.NET', colour: 3 },
  go: { label: 'Go', colour: 4 },
  rust: { label: 'Rust', colour: 5 },
  http: { label: 'HTTP', colour: 6 },
};
const FREE_FROM = 7;
/** A client may call itself as it likes. */
const CHARS = 40;

export function languageLabel(language: string | undefined): string {
  if (language === undefined || language === '') return 'unknown';
  return KNOWN[language.toLowerCase()]?.label ?? language;
}

/** The name where there is room for a mark: on one line, and not endless. */
export function languageText(language: string | undefined): string {
  return oneLine(languageLabel(language), CHARS);
}

/** The same name has the same colour on every page and every day. */
export function languageColour(language: string | undefined): number {
  const name = (language ?? '').toLowerCase();
  const known = KNOWN[name];
  if (known !== undefined) return known.colour;
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return FREE_FROM + (hash % (LANGUAGE_COLOURS - FREE_FROM));
}

/** The class that gives an element this language's colour as `--mark`. */
export function markClass(language: string | undefined): string {
  return `mark-${languageColour(language)}`;
}
