/** Brings the core's events to whoever listens. A timer exists only while somebody does, and keeps nothing alive. */

import type { EventEmitter } from 'node:events';
import type { Engine } from './engine';

/** How often the core is asked while somebody listens. */
const POLL_MS = 50;

/** The loggers of one engine that somebody listens to, and the timer that asks the core for them. */
export class Pump {
  private readonly listened = new Set<EventEmitter>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly engine: Engine) {}

  /** Somebody listens to this logger. */
  listen(logger: EventEmitter): void {
    this.listened.add(logger);
    this.timer ??= setInterval(() => this.deliver(), POLL_MS).unref();
  }

  /** Tells what has happened, and stops asking once nobody listens any more. */
  deliver(): void {
    for (const logger of this.listened) {
      if (logger.eventNames().length === 0) {
        this.listened.delete(logger);
      }
    }
    if (this.listened.size === 0) {
      this.end();
      return;
    }
    for (const told of this.engine.events()) {
      const event = spelled(told);
      for (const logger of this.listened) {
        logger.emit(event.name, event);
      }
    }
  }

  /** Stops asking. */
  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** An event of the core's with the names that JavaScript gives to it and to its parts. */
function spelled(told: Record<string, unknown>): { name: string } {
  const parts = Object.entries(told).map(([key, value]) => [camel(key), value]);
  return { ...Object.fromEntries(parts), name: camel(String(told.name)) };
}

function camel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
