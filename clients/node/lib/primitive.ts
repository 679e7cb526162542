/** Values that hold no others, into a body. Nothing here runs anybody's code. */

import type { Body } from './body';
import { describe } from './text';

/** A value that is no object; a function by its name. */
export function writePrimitive(body: Body, value: unknown): void {
  switch (typeof value) {
    case 'string':
      body.string(value);
      break;
    case 'number':
      body.number(value);
      break;
    case 'boolean':
      body.boolean(value);
      break;
    case 'bigint':
      writeBigint(body, value);
      break;
    case 'symbol':
      body.string(value.toString());
      break;
    case 'function':
      body.string(describe(value));
      break;
    default:
      body.null();
  }
}

/** More digits than anybody reads, and than `toString` should be asked for: 4 096 hexadecimal ones. */
const HUGE = 1n << 16_384n;

function writeBigint(body: Body, value: bigint): void {
  if (value > HUGE || value < -HUGE) {
    // Decimal digits of so many take long to compute; hexadecimal ones are there.
    body.cut(value < 0n ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`);
  } else {
    body.bigint(value);
  }
}
