/** What the client tells about itself, to whoever listens. A timer exists only while somebody does, and keeps nothing alive. */

import type { EventEmitter } from 'node:events';
import type { Engine } from './engine';
import type { LostReason } from './generated/losses';
import type { State } from './generated/states';

/** How often the core is asked while somebody listens. */
const POLL_MS = 50;

/** Why the server cannot be reached or does not take records. */
export type Trouble = 'server' | 'network' | 'auth' | 'misconfigured';

/** The events of a logger, by name. Every event carries its name, too. */
export interface Events {
  /** The state has changed. */
  stateChanged: [{ name: 'stateChanged'; from: State; to: State }];
  /** A batch was acknowledged. */
  batchSent: [
    {
      name: 'batchSent';
      stream: string;
      firstSeq: number;
      lastSeq: number;
      count: number;
      /** On the wire. */
      bytes: number;
      roundTripMs: number;
    },
  ];
  /** A batch was not acknowledged. Its records are kept. */
  batchFailed: [
    {
      name: 'batchFailed';
      stream: string;
      firstSeq: number;
      lastSeq: number;
      count: number;
      /** The HTTP status, where there was an answer. */
      status?: number;
      error: string;
    },
  ];
  /** The first failure after a success. */
  connectionFailed: [{ name: 'connectionFailed'; reason: Trouble; error: string }];
  /** The first success after a failure. */
  connectionRestored: [{ name: 'connectionRestored'; outageMs: number }];
  /** A person should look: the state has become failed, or the journal is not where it was meant to be. */
  alert: [{ name: 'alert'; reason: Trouble | 'journal'; message: string }];
  /** Records are lost and counted. */
  recordsLost: [
    { name: 'recordsLost'; stream: string; from: number; to: number; count: number; reason: LostReason },
  ];
  /** The stream of a process that died is being sent. */
  adopted: [{ name: 'adopted'; stream: string; waiting: number }];
  /** The listener was too slow: so many events were overwritten. */
  eventsMissed: [{ name: 'eventsMissed'; count: number }];
}

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
  return { ...Object.fromEntries(parts), name: camel(String(told['name'])) };
}

function camel(name: string): string {
  return name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
