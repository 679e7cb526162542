/** A record's body (spec/record.md), written into a buffer that the native half reads. Knows bytes, not values. */

import { keyAfter, NO_KEY } from './key';
import { native, SCRATCH_BYTES } from './native';

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
export const MAX_BYTES = 256 * 1024;
/** A message has at most so many, so that the fields behind it have room. */
const MAX_MESSAGE_BYTES = 240 * 1024;
/** The longest character. A text is written beyond its limit by at most this, so that the core sees that some is missing. */
const CHARACTER_BYTES = 4;
/** Fields of a record. One more is written, so that the core sees that some are missing. */
const MAX_FIELDS = 256;
/** Lists and maps inside one another. */
const MAX_DEPTH = 8;
/** Up to so many characters, a loop over them is faster than a call into the runtime. */
const SHORT = 48;

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
  /** The lists and maps that are open, outermost first. */
  private readonly inside: object[] = Array(MAX_DEPTH).fill(NOTHING);
  private depth = 0;
  private at = 0;
  private fields = 0;
  private last = NO_KEY;

  /** Begins a record. `timeMs` counts from 1970 UTC; 0: the core stamps it. */
  begin(level: number, kind: number, timeMs: number, message: string): void {
    this.depth = 0;
    this.fields = 0;
    this.last = NO_KEY;
    this.bytes[0] = level;
    this.bytes[1] = kind;
    this.view.setInt32(4, 0);
    this.view.setInt32(8, 0);
    if (timeMs !== 0) {
      this.view.setBigInt64(4, nanoseconds(timeMs), true);
    }
    this.at = 12;
    this.text(message, MAX_MESSAGE_BYTES);
  }

  /** Begins bound fields, which have no head. */
  beginBound(): void {
    this.depth = 0;
    this.fields = 0;
    this.last = NO_KEY;
    this.at = 0;
  }

  /** Ends a record: what to append. */
  end(): number {
    this.view.setUint16(2, this.fields, true);
    return this.place + this.at;
  }

  /** Ends bound fields: a copy of them. */
  endBound(): Bound {
    return { count: this.fields, bytes: Uint8Array.prototype.slice.call(this.bytes, 0, this.at) };
  }

  /** A copy of the record that was ended, for tests. */
  copy(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.bytes, 0, this.at);
  }

  /** Is there nothing to be gained by reading on? */
  full(): boolean {
    return this.at > MAX_BYTES || (this.depth === 0 && this.fields > MAX_FIELDS);
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
    this.fields++;
    this.key(name);
  }

  /** A key in a map. */
  key(name: string): void {
    const key = keyAfter(this.last, name);
    const { words } = key;
    const { view, at } = this;
    for (let word = 0; word < words.length; word++) {
      view.setInt32(at + 4 * word, words[word] as number, true);
    }
    this.at = at + key.length;
    this.last = key;
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
    if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
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
    return { at: this.at, fields: this.fields, depth: this.depth };
  }

  /** Takes back what was written since the mark. */
  back({ at, fields, depth }: Mark): void {
    this.at = at;
    this.fields = fields;
    this.depth = depth;
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
}
