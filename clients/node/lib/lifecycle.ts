/** What becomes of open loggers when the program ends. They stay open, and alive, until somebody closes them. */

import type { Engine } from './engine';
import type { Pump } from './events';

const open = new Map<Engine, Pump>();

/** Remembers a logger, so that a forgotten one still delivers its records. */
export function opened(engine: Engine, pump: Pump): void {
  if (open.size === 0) {
    process.on('exit', closeAll);
  }
  open.set(engine, pump);
}

/** Forgets a logger that is closed. */
export function closed(engine: Engine): void {
  if (open.delete(engine) && open.size === 0) {
    process.off('exit', closeAll);
  }
}

/** The event loop has ended: waits here. Together the loggers take no longer than the slowest may. */
function closeAll(): void {
  const began = Date.now();
  for (const [engine, pump] of open) {
    engine.closeNow(Math.max(0, engine.shutdownTimeoutMs - (Date.now() - began)));
    pump.deliver();
  }
}

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
    const closing = [...open.keys()].map((engine) => engine.close(engine.shutdownTimeoutMs));
    Promise.all(closing).finally(() => {
      if (process.listenerCount(signal) === 0) {
        process.kill(process.pid, signal);
      }
    });
  };
  for (const signal of signals) {
    process.on(signal, onSignal);
  }
  return undo;
}
