/** Texts for what has none that can be relied upon. Nothing here throws, whatever it is given. */

import { inspect } from 'node:util';

/** A message as text: a string as it is, anything else as it would be printed. */
export function messageOf(message: unknown): string {
  try {
    if (typeof message !== 'object' || message === null) {
      return String(message);
    }
    return hasOwnText(message) ? String(message) : inspect(message, { breakLength: Number.POSITIVE_INFINITY });
  } catch (error) {
    return `<${describe(message)} threw ${describe(error)}>`;
  }
}

/** Does an object say something of itself, more than every object and every array does? May throw. */
export function hasOwnText(value: object): boolean {
  const say: unknown = value.toString;
  return typeof say === 'function' && say !== Object.prototype.toString && say !== Array.prototype.toString;
}

/** The name of a function, of an object's class, or of a primitive's type. */
export function describe(thing: unknown): string {
  try {
    if (typeof thing === 'function') {
      return `[Function: ${String(thing.name) || 'anonymous'}]`;
    }
    if (typeof thing !== 'object' || thing === null) {
      return typeof thing;
    }
    return String(thing.constructor.name) || 'object';
  } catch {
    return typeof thing;
  }
}
