/** Keys as the bytes that stand in a body, each encoded once: a program has few keys and uses them in the same order. */

/** So many keys are remembered; then all are forgotten, because somebody uses data as keys. */
const MAX_KNOWN = 4096;
/** Characters of a key. One more is written, so that the core sees that it is too long. */
const MAX_CHARACTERS = 256;

/**
 * One key: its length and its text, as eight bytes a word, at least two. The last one goes beyond the end; what follows writes over
 * it. The words are doubles, because two of these are stored as fast as two integers; UTF-8 never looks like one that is no number,
 * whose bits would not be kept.
 */
export class Key {
  /** A list that begins with a fraction stays a list of doubles. */
  readonly words = [0.5, 0.5];
  readonly length: number;
  /** The key that followed this one when it was last used: a guess that is nearly always right. */
  next: Key = this;

  constructor(readonly text: string) {
    const bytes = Buffer.from(text.slice(0, MAX_CHARACTERS + 1));
    this.length = 4 + bytes.length;
    const padded = Buffer.alloc(this.length + 16);
    padded.writeUInt32LE(bytes.length);
    padded.set(bytes, 4);
    for (let word = 0; word < 2 || 8 * word < this.length; word++) {
      this.words[word] = padded.readDoubleLE(8 * word);
    }
  }
}

const known = new Map<string, Key>();

/** Stands before the first key of every record. */
export const NO_KEY = new Key('');

/** The key of this text, behind another one. */
export function keyAfter(previous: Key, text: string): Key {
  const guess = previous.next;
  return guess.text === text ? guess : unexpected(previous, text);
}

function unexpected(previous: Key, text: string): Key {
  const key = keyOf(text);
  previous.next = key;
  return key;
}

/** The key of this text. */
export function keyOf(text: string): Key {
  return known.get(text) ?? remember(text);
}

function remember(text: string): Key {
  if (known.size >= MAX_KNOWN) {
    known.clear();
  }
  const key = new Key(text);
  known.set(text, key);
  return key;
}
