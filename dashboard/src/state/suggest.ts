/** What may be written at the caret of a query: names of fields, or values of the field before the colon. Pure. */
import { canName, type Term, terms, writeValue } from './terms';

export interface Place {
  /** What a suggestion replaces, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** The field whose value is being written; null while its name is. */
  readonly field: string | null;
  /** What has been written of it so far. */
  readonly written: string;
}

export interface Suggestion {
  /** What is put in the place of the written. */
  readonly insert: string;
  readonly label: string;
  /** How many records; null when unknown. */
  readonly count: number | null;
}

const MOST = 8;

/** Where the caret is; null inside of phrases and patterns, which nothing can be suggested for. */
export function placeAt(text: string, caret: number): Place | null {
  const term: Term | undefined = terms(text).find(({ from, to }) => from < caret && caret <= to);
  if (term === undefined) return { from: caret, to: caret, field: null, written: '' };
  const start = term.from + (term.negated ? 1 : 0);
  if (term.field === null) {
    if (/^["/]/.test(term.value)) return null;
    return { from: start, to: term.to, field: null, written: text.slice(start, caret) };
  }
  const valueFrom = start + term.field.length + 1;
  if (caret < valueFrom)
    return { from: start, to: valueFrom, field: null, written: text.slice(start, caret) };
  const sign = /^[<>]=?/.exec(text.slice(valueFrom))?.[0].length ?? 0;
  const from = Math.min(valueFrom + sign, caret);
  const written = text.slice(from, caret).replace(/^"/, '');
  return { from, to: term.to, field: term.field, written };
}

interface Candidate {
  readonly label: string;
  readonly count: number | null;
}

/** Those that begin so come first, then those that contain it; among equals the more frequent. */
function ranked(candidates: readonly Candidate[], written: string): readonly Candidate[] {
  const sought = written.toLowerCase();
  const rank = (label: string): number => {
    const at = label.toLowerCase().indexOf(sought);
    if (at < 0) return 2;
    return at === 0 ? 0 : 1;
  };
  return candidates
    .map((candidate) => ({ candidate, rank: rank(candidate.label) }))
    .filter((entry) => entry.rank < 2)
    .sort((a, b) => a.rank - b.rank || (b.candidate.count ?? 0) - (a.candidate.count ?? 0))
    .map((entry) => entry.candidate)
    .slice(0, MOST);
}

export function suggestFields(
  fields: readonly { readonly field: string; readonly records: number }[],
  place: Place,
): readonly Suggestion[] {
  const named = fields.filter(({ field }) => canName(field));
  const found = ranked(
    named.map(({ field, records }) => ({ label: field, count: records })),
    place.written,
  );
  return found.map(({ label, count }) => ({ insert: `${label}:`, label, count }));
}

export function suggestValues(
  values: readonly { readonly value: string; readonly count: number }[],
  place: Place,
): readonly Suggestion[] {
  const found = ranked(
    values.map(({ value, count }) => ({ label: value, count })),
    place.written.replace(/[*"]$/, ''),
  );
  // What is written in full already needs no help.
  if (found.length === 1 && found[0]?.label === place.written) return [];
  return found.map(({ label, count }) => ({ insert: `${writeValue(label)} `, label, count }));
}

/** The text and the caret after a suggestion was taken. */
export function take(
  text: string,
  place: Place,
  insert: string,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(place.to);
  // No second blank where one stands already.
  const piece = insert.endsWith(' ') && rest.startsWith(' ') ? insert.slice(0, -1) : insert;
  return { text: text.slice(0, place.from) + piece + rest, caret: place.from + insert.length };
}
