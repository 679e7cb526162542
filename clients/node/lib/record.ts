/** One log call: head, what is bound, its own fields, one crossing. Never throws; true: the record is in the journal. */

import type { Body, Bound } from './body';
import { current } from './context';
import type { Engine } from './engine';
import { isError, writeError } from './error';
import { writeMetadata } from './metadata';
import { FULL } from './native';
import { giveBack, mayAsk, take } from './scratch';
import { describe, messageOf } from './text';
import { writeValue } from './values';

/** A log message; a custom event, whose message is its name. */
export type Kind = 0 | 1;

/** Writes a record and gives it to the journal. The level was checked before. `timeMs` 0: now. */
export function record(
  engine: Engine,
  bound: Bound | undefined,
  level: number,
  kind: Kind,
  message: unknown,
  metadata: unknown,
  error: unknown,
  timeMs: number,
): boolean {
  const body = take();
  try {
    if (typeof message === 'string') {
      body.begin(level, kind, timeMs, message);
      if (error !== undefined) {
        writeThrown(body, error);
      }
    } else {
      beginOdd(body, level, kind, timeMs, message, error);
    }
    const context = current();
    if (context !== undefined) {
      body.bound(context);
    }
    if (bound !== undefined) {
      body.bound(bound);
    }
    if (metadata !== undefined && metadata !== null) {
      writeMetadata(body, metadata);
    }
    const outcome = body.append(engine.handle);
    return outcome === undefined || (outcome === FULL && body.appendWaiting(engine.handle) === undefined);
  } catch {
    // Only the end of the stack leads here.
    return false;
  } finally {
    body.forget();
    giveBack();
  }
}

/** A record whose message is no text. An error is its own message. */
function beginOdd(body: Body, level: number, kind: Kind, timeMs: number, message: unknown, error: unknown): void {
  if (!mayAsk()) {
    body.begin(level, kind, timeMs, `<${describe(message)}>`);
  } else if (isError(message)) {
    body.begin(level, kind, timeMs, messageOf(message.message));
    writeThrown(body, error ?? message);
  } else {
    body.begin(level, kind, timeMs, messageOf(message));
  }
  if (error !== undefined && !isError(message)) {
    writeThrown(body, error);
  }
}

/** What was thrown: an error, or anything else, which JavaScript allows. */
function writeThrown(body: Body, thrown: unknown): void {
  if (isError(thrown) && mayAsk()) {
    writeError(body, thrown);
  } else if (thrown !== null) {
    body.field('error');
    writeOrCut(body, thrown);
  }
}

function writeOrCut(body: Body, value: unknown): void {
  if (mayAsk()) {
    writeValue(body, value);
  } else {
    body.cut(`<${describe(value)}>`);
  }
}
