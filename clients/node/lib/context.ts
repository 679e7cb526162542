/** Fields that belong to every record of the current asynchronous context: a request, a job. Costs nothing until used. */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Bound } from './body';
import { bind } from './bound';

let storage: AsyncLocalStorage<Bound> | undefined;

/** The fields that are bound here. */
export function current(): Bound | undefined {
  return storage?.getStore();
}

/** Fields for every record of every logger in an asynchronous context. A record's own field of the same name wins. */
export const context = {
  /** Calls `work` with these fields bound, also in everything asynchronous that it begins; answers what `work` answers. */
  run<R>(fields: object, work: () => R): R {
    storage ??= new AsyncLocalStorage();
    return storage.run(bind(storage.getStore(), fields), work);
  },

  /** Binds fields from here to the end of the current asynchronous context. */
  enter(fields: object): void {
    storage ??= new AsyncLocalStorage();
    storage.enterWith(bind(storage.getStore(), fields));
  },
};
