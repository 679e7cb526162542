/** JavaScript's values into a body. What is plain is read here, everything else in `foreign`. Never throws. */

import type { Body } from './body';
import { isError, writeError } from './error';
import { foreign, isPlain } from './foreign';
import { type Key, keyAfter, NO_KEY } from './key';
import { writePrimitive } from './primitive';
import { describe } from './text';

/** Object.hasOwn is the same, and four times as slow inside of `for in` (V8 11). */
const isOwn = Object.prototype.hasOwnProperty;

/** One value of any type. */
export function writeValue(body: Body, value: unknown): void {
  if (typeof value === 'object' && value !== null) {
    writeObject(body, value);
  } else {
    writePrimitive(body, value);
  }
}

/** The own properties of an object as fields of the record; an `Error` called `error` or `err` as the record's error. */
export function writeFields(body: Body, fields: Record<string, unknown>): void {
  let key = NO_KEY;
  for (const name in fields) {
    if (!isOwn.call(fields, name)) {
      continue;
    }
    if (body.full()) {
      return;
    }
    let value: unknown;
    try {
      value = fields[name];
    } catch (error) {
      body.field(name);
      body.cut(`<get ${name} threw ${describe(error)}>`);
      continue;
    }
    key = keyAfter(key, name);
    writeField(body, key, value);
  }
}

function writeField(body: Body, key: Key, value: unknown): void {
  if (typeof value === 'object' || typeof value === 'function') {
    writeOddField(body, key, value);
    return;
  }
  body.fieldOf(key);
  // What most values are is asked first, each alone, because `switch` calls into the runtime (V8 11).
  if (typeof value === 'string') {
    body.string(value);
  } else if (typeof value === 'number') {
    body.number(value);
  } else if (typeof value === 'boolean') {
    body.boolean(value);
  } else {
    writePrimitive(body, value);
  }
}

function writeOddField(body: Body, key: Key, value: unknown): void {
  if ((key.text === 'error' || key.text === 'err') && isError(value)) {
    writeError(body, value);
  } else {
    body.fieldOf(key);
    writeValue(body, value);
  }
}

/** An object, whole or not at all: what fails while it is asked is taken back, and a cut says what it was. */
function writeObject(body: Body, value: object): void {
  const mark = body.mark();
  try {
    if (Array.isArray(value)) {
      writeList(body, value, value);
    } else if (isPlain(value)) {
      writeMap(body, value, value);
    } else {
      foreign(body, value);
    }
  } catch (error) {
    body.back(mark);
    body.cut(`<${describe(value)} threw ${describe(error)}>`);
  }
}

/** Own properties as a map. `container` is what is recognised when it lies in itself. */
export function writeMap(body: Body, container: object, properties: object): void {
  const opened = body.openMap(container);
  if (opened < 0) {
    return;
  }
  let count = 0;
  let key = NO_KEY;
  for (const name of Object.keys(properties)) {
    if (body.full()) {
      break;
    }
    key = keyAfter(key, name);
    body.keyOf(key);
    count++;
    let value: unknown;
    try {
      value = (properties as Record<string, unknown>)[name];
    } catch (error) {
      body.cut(`<get ${name} threw ${describe(error)}>`);
      continue;
    }
    writeValue(body, value);
  }
  body.close(opened, count);
}

/** The elements of anything that can be iterated without side effects, as a list. */
export function writeList(body: Body, container: object, elements: Iterable<unknown>): void {
  const opened = body.openList(container);
  if (opened < 0) {
    return;
  }
  let count = 0;
  for (const element of elements) {
    if (body.full()) {
      break;
    }
    writeValue(body, element);
    count++;
  }
  body.close(opened, count);
}
