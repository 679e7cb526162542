/** An `EventEmitter` that is told when somebody begins to listen. */

import { EventEmitter } from 'node:events';
import type { Events } from './events';

export abstract class ListenedEmitter extends EventEmitter<Events> {
  /** @internal Called before each listener is added. */
  abstract listenedTo(): void;
}

/** What all ways to add a listener lead to. */
const WAYS = ['on', 'addListener', 'prependListener'] as const;

for (const way of WAYS) {
  const add = EventEmitter.prototype[way] as (this: EventEmitter, ...listener: unknown[]) => EventEmitter;
  Object.defineProperty(ListenedEmitter.prototype, way, {
    configurable: true,
    writable: true,
    value(this: ListenedEmitter, ...listener: unknown[]) {
      this.listenedTo();
      return add.apply(this, listener);
    },
  });
}
