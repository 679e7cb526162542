/** Closing at the signals that end a process. Nothing here happens unless it is asked for. */

import { closeAllSoon } from './lifecycle';

/**
 * Closes all open loggers when one of these signals comes, then lets the signal end the process as it would have. Without it
 * the records are in the journal, and the next start sends them. Answers a function that undoes it.
 *
 * A program that handles the signal itself closes its loggers itself: then the process is not ended from here.
 */
export function closeOnSignals(signals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT']): () => void {
  const undo = (): void => {
    for (const signal of signals) {
      process.off(signal, onSignal);
    }
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    undo();
    const handled = process.listenerCount(signal) > 0;
    closeAllSoon().finally(() => {
      if (!handled) {
        process.kill(process.pid, signal);
      }
    });
  };
  for (const signal of signals) {
    // First, so that whoever listens once is still seen.
    process.prependListener(signal, onSignal);
  }
  return undo;
}
