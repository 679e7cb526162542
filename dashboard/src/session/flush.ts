/** Gathers work and does it once per animation frame; once a second while the page is hidden. */

const HIDDEN_MS = 1_000;

export interface Flush<T> {
  push(item: T): void;
  /** Forgets what waits. */
  drop(): void;
}

export function createFlush<T>(work: (items: readonly T[]) => void): Flush<T> {
  let waiting: T[] = [];
  let planned = false;

  const run = (): void => {
    planned = false;
    const items = waiting;
    waiting = [];
    if (items.length > 0) work(items);
  };

  return {
    push: (item) => {
      waiting.push(item);
      if (planned) return;
      planned = true;
      // A hidden page gets no animation frames; its list stays bounded all the same.
      if (document.hidden) setTimeout(run, HIDDEN_MS);
      else requestAnimationFrame(run);
    },
    drop: () => {
      waiting = [];
    },
  };
}
