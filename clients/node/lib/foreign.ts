/** Objects that are neither plain nor arrays: known classes in their natural form, others by what they say of themselves. */

import { types } from 'node:util';
import type { Body } from './body';
import { errorText, isError } from './error';
import { hasOwnText, messageOf } from './text';
import { writeList, writeMap, writeValue } from './values';

/** Milliseconds since 1970 whose nanoseconds fit into 64 bits: the years 1678 to 2262. */
const MAX_TIME_MS = 9_223_372_036_854;

/** A pair takes at least five bytes, so that no more than this could ever fit. */
const MAX_ENTRIES = 64 * 1024;

/** Made by `{}`, or without a prototype, and nothing that wants to be asked. May throw. */
export function isPlain(value: object): boolean {
  if (value.constructor !== Object && Object.getPrototypeOf(value) !== null) {
    return false;
  }
  const { toJSON } = value as { toJSON?: unknown };
  return typeof toJSON !== 'function' && !hasOwnText(value);
}

/** Writes one object. May throw, having written anything. */
export function foreign(body: Body, value: object): void {
  if (types.isDate(value)) {
    writeDate(body, value);
  } else if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) {
    writeBinary(body, value);
  } else if (types.isMap(value)) {
    writeMap(body, value, propertiesOf(value));
  } else if (types.isSet(value)) {
    writeList(body, value, value);
  } else if (isError(value)) {
    body.string(errorText(value));
  } else if (types.isBoxedPrimitive(value)) {
    writeValue(body, value.valueOf());
  } else {
    ask(body, value);
  }
}

function writeDate(body: Body, date: Date): void {
  const ms = Date.prototype.getTime.call(date);
  if (Math.abs(ms) <= MAX_TIME_MS) {
    body.time(ms);
  } else {
    body.string(Number.isNaN(ms) ? 'Invalid Date' : Date.prototype.toISOString.call(date));
  }
}

/** Bytes are bytes; arrays of wider numbers are lists of them. */
function writeBinary(body: Body, value: ArrayBufferView | ArrayBufferLike): void {
  if (!ArrayBuffer.isView(value)) {
    body.binary(new Uint8Array(value));
  } else if (types.isUint8Array(value) || types.isUint8ClampedArray(value) || types.isDataView(value)) {
    body.binary(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else {
    writeList(body, value, value as unknown as Iterable<number | bigint>);
  }
}

/** The entries of a map by the texts of their keys, as many as a record could hold. */
export function propertiesOf(map: ReadonlyMap<unknown, unknown>): Record<string, unknown> {
  const properties: Record<string, unknown> = Object.create(null);
  let count = 0;
  for (const [key, value] of Map.prototype.entries.call(map)) {
    properties[typeof key === 'string' ? key : messageOf(key)] = value;
    if (++count > MAX_ENTRIES) {
      break;
    }
  }
  return properties;
}

/** What an object says of itself: `toJSON`, its own `toString`, its properties, what kind it is. */
function ask(body: Body, value: object): void {
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') {
    const said: unknown = toJSON.call(value, '');
    // What it says is taken as it is, not asked again: it may say itself.
    if (typeof said === 'object' && said !== null && !Array.isArray(said)) {
      writeMap(body, value, said);
    } else {
      writeValue(body, said);
    }
    return;
  }
  const kind = Object.prototype.toString.call(value);
  if (hasOwnText(value)) {
    body.string(String(value));
  } else if (kind !== '[object Object]' && Object.keys(value).length === 0) {
    body.string(kind);
  } else {
    writeMap(body, value, value);
  }
}
