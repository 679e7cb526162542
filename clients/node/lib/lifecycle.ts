/** What becomes of open loggers when the program ends. They stay open, and alive, until somebody closes them. */

import type { Engine } from './engine';
import type { Pump } from './pump';

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

/** Closes every open logger at the same time, each within its own limit. */
export async function closeAllSoon(): Promise<void> {
  await Promise.all(Array.from(open.keys(), (engine) => engine.close(engine.shutdownTimeoutMs)));
  for (const pump of open.values()) {
    pump.deliver();
  }
}
