/** Tasks beside the frames that the browser draws. */

/** A hidden page draws no frames; who waits for one is called after so long. */
const HIDDEN_MS = 1_000;

/** Calls in a task of its own behind the next frame, or after a second without one: the page is hidden, or became it. */
export function afterFrame(then: () => void): void {
  const late = setTimeout(() => {
    cancelAnimationFrame(frame);
    then();
  }, HIDDEN_MS);
  const frame = requestAnimationFrame(() => {
    clearTimeout(late);
    setTimeout(then);
  });
}

/** Calls in a task of its own, but not later than the next frame is drawn. */
export function beforeFrame(then: () => void): void {
  let called = false;
  const once = (): void => {
    if (called) return;
    called = true;
    // A hidden page would keep it until it is seen again.
    cancelAnimationFrame(frame);
    then();
  };
  const frame = requestAnimationFrame(once);
  // Where tasks have priorities it goes before a frame that waits already.
  if ('scheduler' in window) void scheduler.postTask(once, { priority: 'user-blocking' });
  else setTimeout(once);
}
