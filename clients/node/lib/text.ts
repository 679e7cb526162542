/** Texts for what has none that can be relied upon. Nothing here throws, whatever it is given. */

import { inspect } from 'node:util';

/** A message as text: a string as it is, anything else as it would be printed. */
export function messageOf(message: unknown): string {
  try {
    if (typeof message !== 'object' || message === null) {
      return String(message);
    }
    return ownText(message) ?? inspect(message, { breakLength: Number.POSITIVE_INFINITY });
  } catch (error) {
    return `<${describe(message)} threw ${describe(error)}>`;
  }
}

/** What an object's own `toString` says; `undefined` where it has only the one that every object has. May throw. */
export function ownText(value: object): string | undefined {
  const { toString } = value;
  return typeof toString === 'function' && toString !== Object.prototype.toString && toString !== Array.prototype.toString
    ? String(value)
    : undefined;
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
