/**
 * Gathers work and does one piece of it after an animation frame was drawn: what writes the document and what draws it are two
 * tasks, neither of which keeps a hand waiting for both, and the time until the next frame is longest then.
 */
import { afterFrame } from './frame';

/** So much may wait for its own animation frame; who is further behind does all at once. */
const MAX_WAITING = 8;

export interface Flush<T> {
  push(item: T): void;
  /** Forgets what waits. */
  drop(): void;
}

export function createFlush<T>(work: (items: readonly T[]) => void): Flush<T> {
  let waiting: T[] = [];
  let planned = false;

  const plan = (): void => {
    if (planned || waiting.length === 0) return;
    planned = true;
    afterFrame(run);
  };
  const run = (): void => {
    planned = false;
    // What came together after a stall would make the next one, drawn together.
    const some = document.hidden || waiting.length > MAX_WAITING ? waiting.length : 1;
    const items = waiting.splice(0, some);
    plan();
    if (items.length > 0) work(items);
  };

  return {
    push: (item) => {
      waiting.push(item);
      plan();
    },
    drop: () => {
      waiting = [];
    },
  };
}
