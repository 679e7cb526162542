/** Errors into the reserved keys `@error.type`, `@error.message` and `@error.stack`, with everything that caused them. */

import { types } from 'node:util';
import type { Body } from './body';
import { writePrimitive } from './primitive';
import { describe, messageOf } from './text';

/** Causes beyond this depth are left out, visibly. */
const MAX_CAUSES = 8;

/** An error of this realm or of another one. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** Writes an error: its class, its text, its stack with its causes; and what it says besides (`code`, `status`) as a map. */
export function writeError(body: Body, error: Error): void {
  body.field('@error.type');
  body.string(typeOf(error));
  body.field('@error.message');
  body.string(messageOf(read(error, 'message')));
  body.field('@error.stack');
  body.string(stackOf(error, []));
  const details = detailsOf(error);
  if (details.length > 0) {
    body.field('error');
    const opened = body.openMap(details);
    let count = 0;
    for (const [name, value] of details) {
      if (body.full()) {
        break;
      }
      body.key(name);
      writePrimitive(body, value);
      count++;
    }
    body.close(opened, count);
  }
}

/** `TypeError: x is not a function`, as a value among others. */
export function errorText(error: Error): string {
  const message = read(error, 'message');
  return message === '' ? typeOf(error) : `${typeOf(error)}: ${String(message)}`;
}

/** The name that the error gives itself, else its class. */
function typeOf(error: Error): string {
  const name = read(error, 'name');
  return typeof name === 'string' && name !== '' && name !== 'Error' ? name : describe(error);
}

function stackOf(error: Error, outer: Error[]): string {
  const stack = read(error, 'stack');
  const parts = [typeof stack === 'string' && stack !== '' ? stack : errorText(error)];
  const inner = [...outer, error];
  for (const [word, cause] of causesOf(error)) {
    if (inner.length > MAX_CAUSES || inner.includes(cause as Error)) {
      parts.push(`${word}: …`);
    } else if (isError(cause)) {
      parts.push(`${word}: ${stackOf(cause, inner)}`);
    } else {
      parts.push(`${word}: ${primitive(cause) ? String(cause) : `<${describe(cause)}>`}`);
    }
  }
  return parts.join('\n');
}

function causesOf(error: Error): [string, unknown][] {
  const causes: [string, unknown][] = [];
  const cause = read(error, 'cause');
  if (cause !== undefined) {
    causes.push(['Caused by', cause]);
  }
  const errors = read(error, 'errors');
  if (Array.isArray(errors)) {
    causes.push(...errors.slice(0, MAX_CAUSES).map((one, place): [string, unknown] => [`Error ${place + 1}`, one]));
  }
  return causes;
}

/** What an error carries besides its text, as far as it is plain: whole requests and sockets hang on some. */
function detailsOf(error: Error): [string, unknown][] {
  const details: [string, unknown][] = [];
  try {
    for (const name of Object.keys(error)) {
      const value = read(error, name);
      if (name !== 'message' && name !== 'stack' && name !== 'name' && primitive(value)) {
        details.push([name, value]);
      }
    }
  } catch {
    // A proxy that does not tell its keys has no details.
  }
  return details;
}

function primitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}

/** A property, or the text that says why there is none. */
function read(error: Error, name: string): unknown {
  try {
    return (error as unknown as Record<string, unknown>)[name];
  } catch (thrown) {
    return `<get ${name} threw ${describe(thrown)}>`;
  }
}
