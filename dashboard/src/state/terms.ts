/** The terms of a query text: what a click on a value writes, takes away, or turns around. The server reads the language. */

export interface Term {
  /** Where it lies in the text, `to` exclusive, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly negated: boolean;
  /** Null for words, phrases and patterns that may be anywhere. */
  readonly field: string | null;
  /** As written, quotes and signs of comparison among it. */
  readonly value: string;
}

const SPACE = /\s/;

/** Past the closing sign of a quote or pattern that opens at `at`; the end of the text when it never closes. */
function pastClosed(text: string, at: number): number {
  const sign = text[at];
  for (let here = at + 1; here < text.length; here += 1) {
    if (text[here] === '\\') here += 1;
    else if (text[here] === sign) return here + 1;
  }
  return text.length;
}

/** A path such as `/health` is a word: of a pattern, some later slash is followed by a space or by nothing. */
function isPattern(text: string, at: number): boolean {
  return /^\/(?:[^\\]|\\[\s\S])*?\/(?:\s|$)/.test(text.slice(at));
}

function pastWord(text: string, at: number, stopAtColon: boolean): number {
  if (text[at] === '"' || (text[at] === '/' && isPattern(text, at))) return pastClosed(text, at);
  let here = at;
  while (here < text.length) {
    const char = text[here] ?? '';
    if (SPACE.test(char) || char === '"' || (stopAtColon && char === ':')) break;
    here += 1;
  }
  return here;
}

function termAt(text: string, from: number): Term {
  const negated = text[from] === '-';
  const start = negated ? from + 1 : from;
  const wordEnd = pastWord(text, start, true);
  const isField = wordEnd > start && text[wordEnd] === ':' && text[start] !== '"';
  if (!isField) {
    // A colon or a quote without a name before it is a term of one sign at least.
    const to = Math.max(wordEnd, Math.min(text.length, from + 1));
    return { from, to, negated, field: null, value: text.slice(start, to) };
  }
  const sign = /^[<>]=?/.exec(text.slice(wordEnd + 1))?.[0].length ?? 0;
  const to = pastWord(text, wordEnd + 1 + sign, false);
  return { from, to, negated, field: text.slice(start, wordEnd), value: text.slice(wordEnd + 1, to) };
}

export function terms(text: string): readonly Term[] {
  const found: Term[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text[at] ?? '')) at += 1;
    else {
      const term = termAt(text, at);
      found.push(term);
      at = term.to;
    }
  }
  return found;
}

/** True when the query language can name such a field. */
export function canName(field: string): boolean {
  return field !== '' && !/[\s":]/.test(field) && !/^[-/]/.test(field);
}

/** A value as it is written after `field:`; quoted where it would be read as something else. */
export function writeValue(value: string): string {
  const plain = value !== '' && /^[\p{L}\p{N}_.@+-][\p{L}\p{N}_.,@+:=%&#~/-]*$/u.test(value);
  return plain ? value : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

export type Choice = 'include' | 'exclude';

/** What the query says of a value so far. */
export function choiceOf(text: string, field: string, value: string): Choice | null {
  const wanted = [writeValue(value), `"${value}"`, value];
  const term = terms(text).find((candidate) => candidate.field === field && wanted.includes(candidate.value));
  if (term === undefined) return null;
  return term.negated ? 'exclude' : 'include';
}

function without(text: string, gone: (term: Term) => boolean): string {
  return terms(text)
    .filter((term) => !gone(term))
    .map((term) => text.slice(term.from, term.to))
    .join(' ');
}

/**
 * The query with the value included or excluded; chosen a second time, without it. All terms must hold, so another
 * included value of the same field gives way.
 */
export function choose(text: string, field: string, value: string, choice: Choice): string {
  if (!canName(field)) return text;
  const before = choiceOf(text, field, value);
  const same = (term: Term): boolean =>
    term.field === field && [writeValue(value), `"${value}"`, value].includes(term.value);
  const rival = (term: Term): boolean => choice === 'include' && term.field === field && !term.negated;
  if (before === choice) return without(text, same);
  const kept = without(text, (term) => same(term) || rival(term));
  const added = `${choice === 'exclude' ? '-' : ''}${field}:${writeValue(value)}`;
  return kept === '' ? added : `${kept} ${added}`;
}
