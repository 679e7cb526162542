/** A record's body (spec/record.md), written into a buffer that the native half reads. Knows bytes, not values. */

import { type Key, keyOf } from './key';
import { native, SCRATCH_BYTES, type Texts } from './native';

const { append, appendWaiting } = native;

const NULL = 0;
const FALSE = 1;
const TRUE = 2;
const I64 = 3;
const U64 = 4;
const F64 = 5;
const STR = 6;
const LIST = 7;
const MAP = 8;
const BYTES = 9;
const TIME = 10;
const DECIMAL = 11;
const CUT = 12;

/** A body has at most so many bytes: what lies behind them is not read. The core cuts to the byte. */
const MAX_BYTES = 256 * 1024;
/** A message has at most so many, so that the fields behind it have room. */
const MAX_MESSAGE_BYTES = 240 * 1024;
/** The longest character. A text is written beyond its limit by at most this, so that the core sees that some is missing. */
const CHARACTER_BYTES = 4;
/** Fields of a record. One more is written, so that the core sees that some are missing. */
const MAX_FIELDS = 256;
/** Lists and maps inside one another. */
const MAX_DEPTH = 8;
/** Below so many characters, a loop over them (2 ns each) is faster than a text that crosses (17 ns). */
const LOOPED = 9;
/** Up to so many characters a text may cross in its gap; src/scratch.rs knows it too. Longer ones are written by Node. */
const CROSSING = 512;
/** Texts that cross with one record; src/scratch.rs knows it too. */
const MAX_TEXTS = 8;
/** What lies before a body: its logger, how many texts cross, the place of each. */
const HEAD_BYTES = 4 * (2 + MAX_TEXTS);
/** Up to so many characters, a loop over them is faster than a call into Node. */
const SHORT = 32;

const TWO_TO_32 = 2 ** 32;

/** Stands where no container is open, so that none is kept alive. */
const NOTHING = {};

/** Fields that were encoded before the record they belong to. */
export interface Bound {
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** One lent buffer, and how far it is written. It is larger than a record by the largest piece that one step can write. */
export class Body {
  private readonly bytes = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
  private readonly view = new DataView(this.bytes.buffer, this.bytes.byteOffset, SCRATCH_BYTES);
  private readonly place = native.lend(this.bytes) * SCRATCH_BYTES;
  /** The texts that the native half will write into their gaps. */
  private readonly texts: string[] = Array(MAX_TEXTS).fill('');
  private gaps = 0;
  /** The lists and maps that are open, outermost first. */
  private readonly inside: object[] = Array(MAX_DEPTH).fill(NOTHING);
  private depth = 0;
  private at = 0;
  private fields = 0;

  /** Begins a record. `timeMs` counts from 1970 UTC; 0: the core stamps it. */
  begin(level: number, kind: number, timeMs: number, message: string): void {
    this.depth = 0;
    this.fields = 0;
    this.gaps = 0;
    const { view } = this;
    view.setInt32(HEAD_BYTES, level | (kind << 8), true);
    view.setFloat64(HEAD_BYTES + 4, 0);
    if (timeMs !== 0) {
      view.setBigInt64(HEAD_BYTES + 4, nanoseconds(timeMs), true);
    }
    this.at = HEAD_BYTES + 12;
    this.text(message, MAX_MESSAGE_BYTES);
  }

  /** Begins bound fields. They are kept, so that no text may be missing in them. */
  beginBound(): void {
    this.depth = 0;
    this.fields = 0;
    this.gaps = MAX_TEXTS;
    this.at = HEAD_BYTES;
  }

  /** Ends a record and gives it to a logger's journal. What has no room may be given again. */
  append(logger: number): number | undefined {
    const { texts, gaps } = this;
    const number = this.end(logger);
    // As few arguments as there are texts: each costs.
    if (gaps <= 2) {
      return append(number, texts[0], texts[1]);
    }
    return gaps <= 4 ? append(number, texts[0], texts[1], texts[2], texts[3]) : append(number, ...(texts as Texts));
  }

  /** As `append`, but waits for room. */
  appendWaiting(logger: number): number | undefined {
    return appendWaiting(this.end(logger), ...(this.texts as Texts));
  }

  /** Lets go of the texts, which may be parts of larger ones. */
  forget(): void {
    for (let gap = 0; gap < this.gaps; gap++) {
      this.texts[gap] = '';
    }
  }

  private end(logger: number): number {
    const { view } = this;
    view.setUint16(HEAD_BYTES + 2, this.fields, true);
    view.setInt32(0, logger, true);
    view.setInt32(4, this.gaps, true);
    return this.place + this.at;
  }

  /** Ends bound fields: a copy of them. */
  endBound(): Bound {
    return { count: this.fields, bytes: Uint8Array.prototype.slice.call(this.bytes, HEAD_BYTES, this.at) };
  }

  /** Ends a record: a copy of it, for tests. */
  copy(): Uint8Array {
    return native.filled(this.end(0), ...(this.texts as Texts));
  }

  /** Is there nothing to be gained by reading on? */
  full(): boolean {
    return this.at > HEAD_BYTES + MAX_BYTES || (this.depth === 0 && this.fields > MAX_FIELDS);
  }

  /** Fields that were encoded before. */
  bound(bound: Bound): void {
    if (!this.full()) {
      this.bytes.set(bound.bytes, this.at);
      this.at += bound.bytes.length;
      this.fields += bound.count;
    }
  }

  /** The key of a field of the record. */
  field(name: string): void {
    this.fieldOf(keyOf(name));
  }

  fieldOf(key: Key): void {
    this.fields++;
    this.keyOf(key);
  }

  /** A key in a map. */
  key(name: string): void {
    this.keyOf(keyOf(name));
  }

  keyOf(key: Key): void {
    const { view, at } = this;
    const { words, length } = key;
    view.setFloat64(at, words[0] as number, true);
    view.setFloat64(at + 8, words[1] as number, true);
    if (length > 16) {
      this.longKey(at, words);
    }
    this.at = at + length;
  }

  null(): void {
    this.bytes[this.at++] = NULL;
  }

  boolean(value: boolean): void {
    this.bytes[this.at++] = value ? TRUE : FALSE;
  }

  /** A number: whole ones exactly, others as the double that they are. */
  number(value: number): void {
    const { view, at } = this;
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.bytes[at] = I64;
      view.setInt32(at + 1, value, true);
      view.setInt32(at + 5, value >> 31, true);
    } else if (Number.isSafeInteger(value) && value !== 0) {
      const high = Math.floor(value / TWO_TO_32);
      this.bytes[at] = I64;
      view.setUint32(at + 1, value - high * TWO_TO_32, true);
      view.setInt32(at + 5, high, true);
    } else {
      this.bytes[at] = F64;
      view.setFloat64(at + 1, value, true);
    }
    this.at = at + 9;
  }

  /** A big integer of any size. */
  bigint(value: bigint): void {
    const { view, at } = this;
    if (BigInt.asIntN(64, value) === value) {
      this.bytes[at] = I64;
      view.setBigInt64(at + 1, value, true);
      this.at = at + 9;
    } else if (BigInt.asUintN(64, value) === value) {
      this.bytes[at] = U64;
      view.setBigUint64(at + 1, value, true);
      this.at = at + 9;
    } else {
      this.decimal(value.toString());
    }
  }

  /** A point in time between 1678 and 2262, in milliseconds since 1970 UTC. */
  time(timeMs: number): void {
    this.bytes[this.at] = TIME;
    this.view.setBigInt64(this.at + 1, nanoseconds(timeMs), true);
    this.at += 9;
  }

  string(value: string): void {
    this.bytes[this.at++] = STR;
    this.text(value);
  }

  /** A number as text. */
  decimal(digits: string): void {
    this.bytes[this.at++] = DECIMAL;
    this.text(digits);
  }

  /** The mark of what is missing; `kept`: the beginning of its text, or what stands for it. */
  cut(kept: string): void {
    this.bytes[this.at++] = CUT;
    this.text(kept);
  }

  binary(value: Uint8Array): void {
    if (value.length > MAX_BYTES) {
      this.cut('');
      return;
    }
    this.bytes[this.at] = BYTES;
    this.view.setUint32(this.at + 1, value.length, true);
    this.bytes.set(value, this.at + 5);
    this.at += 5 + value.length;
  }

  /** Opens a list around whatever follows; -1, and a cut in its place, where it would lie in itself or too deep. */
  openList(container: object): number {
    return this.open(container, LIST);
  }

  /** Opens a map, as `openList` does. */
  openMap(container: object): number {
    return this.open(container, MAP);
  }

  /** Closes what was opened at `opened`, with so many elements. */
  close(opened: number, count: number): void {
    this.view.setUint32(opened, count, true);
    this.inside[--this.depth] = NOTHING;
  }

  /** Where writing is, to come back to. */
  mark(): Mark {
    return { at: this.at, fields: this.fields, depth: this.depth, gaps: this.gaps };
  }

  /** Takes back what was written since the mark. */
  back({ at, fields, depth, gaps }: Mark): void {
    this.at = at;
    this.fields = fields;
    this.depth = depth;
    this.gaps = gaps;
  }

  private longKey(at: number, words: readonly number[]): void {
    for (let word = 2; word < words.length; word++) {
      this.view.setFloat64(at + 8 * word, words[word] as number, true);
    }
  }

  private open(container: object, tag: number): number {
    if (this.depth === MAX_DEPTH || this.isInside(container)) {
      this.cut('');
      return -1;
    }
    this.inside[this.depth++] = container;
    this.bytes[this.at] = tag;
    this.at += 5;
    return this.at - 4;
  }

  private isInside(container: object): boolean {
    for (let depth = 0; depth < this.depth; depth++) {
      if (this.inside[depth] === container) {
        return true;
      }
    }
    return false;
  }

  private text(text: string, maxBytes = MAX_BYTES): void {
    const { length } = text;
    const { gaps } = this;
    if (length < LOOPED || length > CROSSING || gaps === MAX_TEXTS) {
      this.spell(text, maxBytes);
      return;
    }
    const { view } = this;
    const start = this.at + 4;
    view.setInt32(start - 4, length, true);
    view.setInt32(8 + 4 * gaps, start, true);
    this.texts[gaps] = text;
    this.gaps = gaps + 1;
    this.at = start + length;
  }

  private spell(text: string, maxBytes: number): void {
    const { bytes } = this;
    const { length } = text;
    const start = this.at + 4;
    if (length <= SHORT) {
      let place = 0;
      for (; place < length; place++) {
        const unit = text.charCodeAt(place);
        if (unit > 127) {
          break;
        }
        bytes[start + place] = unit;
      }
      if (place === length) {
        this.view.setUint32(start - 4, length, true);
        this.at = start + length;
        return;
      }
    }
    // Only whole characters, and no more than fit. A lone surrogate becomes U+FFFD here.
    const written = bytes.write(text, start, maxBytes + CHARACTER_BYTES, 'utf8');
    this.view.setUint32(start - 4, written, true);
    this.at = start + written;
  }
}

function nanoseconds(timeMs: number): bigint {
  return BigInt(Math.trunc(timeMs)) * 1_000_000n;
}

/** A place to come back to. */
export interface Mark {
  readonly at: number;
  readonly fields: number;
  readonly depth: number;
  readonly gaps: number;
}
