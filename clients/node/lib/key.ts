/** Keys as the bytes that stand in a body, each encoded once: a program has few keys and uses them in the same order. */

/** So many keys are remembered; then all are forgotten, because somebody uses data as keys. */
const MAX_KNOWN = 4096;
/** Characters of a key. One more is written, so that the core sees that it is too long. */
const MAX_CHARACTERS = 256;

/** One key: its length and its text, as four bytes a word. The last word goes beyond the end; what follows writes over it. */
export class Key {
  readonly words: readonly number[];
  readonly length: number;
  /** The key that followed this one when it was last used: a guess that is nearly always right. */
  next: Key = this;

  constructor(readonly text: string) {
    const bytes = Buffer.from(text.slice(0, MAX_CHARACTERS + 1));
    this.length = 4 + bytes.length;
    const padded = Buffer.alloc(this.length + 3);
    padded.writeUInt32LE(bytes.length);
    padded.set(bytes, 4);
    this.words = Array.from({ length: Math.ceil(this.length / 4) }, (_, word) => padded.readInt32LE(4 * word));
  }
}

const known = new Map<string, Key>();

/** Stands before the first key of every record. */
export const NO_KEY = new Key('');

/** The key of this text, behind another one. */
export function keyAfter(previous: Key, text: string): Key {
  const guess = previous.next;
  if (guess.text === text) {
    return guess;
  }
  const key = known.get(text) ?? remember(text);
  previous.next = key;
  return key;
}

function remember(text: string): Key {
  if (known.size >= MAX_KNOWN) {
    known.clear();
  }
  const key = new Key(text);
  known.set(text, key);
  return key;
}
