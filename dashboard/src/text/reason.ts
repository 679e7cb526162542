/** Why records are not there, in the words of spec/losses.toml. */

const LOST: Readonly<Record<string, string>> = {
  torn: 'The process died in the middle of the append; its call never returned accepted.',
  expired: 'They waited in the journal for longer than it keeps.',
  rejected: 'The server will never keep them; System shows its reasons.',
  set_aside: 'The server could not take them; they lie in set_aside/ beside the journal.',
  corrupt: 'The bytes on the client’s disk fail their check.',
};

const REFUSED: Readonly<Record<string, string>> = {
  journal_full: 'There was no room in the journal.',
  too_large: 'The record does not fit into a segment.',
  malformed: 'The bytes are no record.',
  closed: 'The logger was closed before the call.',
};

export function lostWords(reason: string): string {
  return LOST[reason] ?? 'The client names no more than this word.';
}

export function refusedWords(reason: string): string {
  return REFUSED[reason] ?? 'The client names no more than this word.';
}
