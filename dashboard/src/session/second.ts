/** Numbers that are written anew once a second: oftener they could not be read, and each time the page is laid out for them. */
import { type Accessor, createMemo, on } from 'solid-js';
import type { Session } from './session';

/** A new filter is another question: its numbers are shown at once. */
export function eachSecond<T>(session: Session, read: () => T): Accessor<T> {
  return createMemo(on([session.nowMs, session.view.applied], read));
}
