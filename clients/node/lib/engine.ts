/** One journal and one sender, shared by a logger and its children. Waits in the native half, never on the event loop. */

import { setTimeout as pause } from 'node:timers/promises';
import { ACTIVITIES, type Activity, STATES, type State } from './generated/states';
import { native, type Opened } from './native';

/** What became of the records when a logger was closed. What waits is in the journal; the next start sends it. */
export interface CloseReport {
  /** Records that the server has acknowledged. */
  readonly sent: number;
  /** Records that stay in the journal. */
  readonly waiting: number;
  /** Records that were lost, for all reasons. */
  readonly lost: number;
}

/** The first and the longest pause between two questions whether the waiting is over. */
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 16;

/** Frees the native half of engines that nobody has any more. */
const forgotten = new FinalizationRegistry<number>((handle) => native.release(handle));

export class Engine {
  /** The lowest level that is recorded: the core's, kept here so that a disabled call does not cross. */
  level: number;
  readonly shutdownTimeoutMs: number;
  /** The native half's number of it. */
  readonly handle: number;

  /** Prepares the journal. `options`: the JSON object of the core's options. Throws what is wrong with them. */
  constructor(options: string) {
    const opened: Opened = JSON.parse(native.open(options));
    this.handle = opened.handle;
    this.level = opened.level;
    this.shutdownTimeoutMs = opened.shutdownTimeoutMs;
    forgotten.register(this, opened.handle);
  }

  start(): void {
    native.start(this.handle);
  }

  setLevel(level: number): void {
    native.setLevel(this.handle, level);
    this.level = level;
  }

  state(): State {
    return STATES[native.state(this.handle) % 256] ?? 'stopped';
  }

  activity(): Activity | undefined {
    return ACTIVITIES[Math.floor(native.state(this.handle) / 256) - 1];
  }

  stream(): string {
    return native.stream(this.handle);
  }

  stats(): unknown {
    return JSON.parse(native.stats(this.handle));
  }

  /** The events since the last call, oldest first. */
  events(): Record<string, unknown>[] {
    return JSON.parse(native.events(this.handle));
  }

  async flush(timeoutMs: number): Promise<number> {
    const [waiting = 0] = await answerTo(native.flush(this.handle, timeoutMs));
    return waiting;
  }

  async close(timeoutMs: number): Promise<CloseReport> {
    return report(await answerTo(native.close(this.handle, timeoutMs)));
  }

  /** As `close`, for the moment when the event loop has ended. */
  closeNow(timeoutMs: number): CloseReport {
    return report(JSON.parse(native.closeNow(this.handle, timeoutMs)));
  }
}

function report([sent = 0, waiting = 0, lost = 0]: number[]): CloseReport {
  return { sent, waiting, lost };
}

/** Asks until the answer is there. No answer will come where the system had no thread to wait in. */
async function answerTo(ticket: number | undefined): Promise<number[]> {
  if (ticket === undefined) {
    return [];
  }
  for (let ms = FIRST_PAUSE_MS; ; ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
    const answer = native.answer(ticket);
    if (answer !== undefined) {
      return JSON.parse(answer);
    }
    await pause(ms);
  }
}
