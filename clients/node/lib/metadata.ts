/** A call's metadata into the fields of its record, whatever it is. Never throws. */

import { types } from 'node:util';
import type { Body } from './body';
import { isError, writeError } from './error';
import { propertiesOf } from './foreign';
import { mayAsk } from './scratch';
import { describe, hasOwnText } from './text';
import { writeFields, writeValue } from './values';

/** Writes the parts of metadata as fields; what has no named parts under the key `metadata`. */
export function writeMetadata(body: Body, metadata: unknown): void {
  try {
    if (!mayAsk()) {
      missing(body, `<${describe(metadata)}>`);
    } else if (typeof metadata !== 'object' || metadata === null) {
      whole(body, metadata);
    } else if (metadata.constructor === Object) {
      // Asking for the prototype costs as much as encoding two fields. What is no plain object does not say this.
      writeFields(body, metadata as Record<string, unknown>);
    } else {
      odd(body, metadata);
    }
  } catch (error) {
    missing(body, `<${describe(metadata)} threw ${describe(error)}>`);
  }
}

function odd(body: Body, metadata: object): void {
  if (isError(metadata)) {
    writeError(body, metadata);
  } else if (types.isMap(metadata)) {
    writeFields(body, propertiesOf(metadata));
  } else if (hasFields(metadata)) {
    writeFields(body, metadata as Record<string, unknown>);
  } else {
    whole(body, metadata);
  }
}

/** Is it an object that says nothing of itself, but has properties, or could have? */
function hasFields(value: object): boolean {
  if (Object.getPrototypeOf(value) === null) {
    return true;
  }
  const { toJSON } = value as { toJSON?: unknown };
  const known = Array.isArray(value) || ArrayBuffer.isView(value) || typeof toJSON === 'function';
  return !known && !hasOwnText(value) && Object.keys(value).length > 0;
}

function whole(body: Body, metadata: unknown): void {
  body.field('metadata');
  writeValue(body, metadata);
}

function missing(body: Body, why: string): void {
  body.field('metadata');
  body.cut(why);
}
