/** The native half: beside this file or in its platform's package, loaded once an environment (the main thread, each worker). */

import { join } from 'node:path';

/** What opening a logger tells. */
export interface Opened {
  readonly handle: number;
  readonly level: number;
  readonly shutdownTimeoutMs: number;
}

/** The texts for the gaps of a body. */
export type Texts = [string, string, string, string, string, string, string, string];

/** Appends the body that lies in a lent buffer: `undefined` is accepted, a number the outcome (`FULL`, or why not). */
type Append = (scratchAndLength: number, ...texts: (string | undefined)[]) => number | undefined;

/** Waiting verbs give a ticket; `answer` has their numbers as JSON once they are there. */
interface Native {
  version(): string;
  open(options: string): string;
  release(handle: number): void;
  append: Append;
  appendWaiting: Append;
  filled(scratchAndLength: number, ...texts: Texts): Uint8Array;
  lend(scratch: Buffer): number;
  start(handle: number): void;
  setLevel(handle: number, level: number): void;
  state(handle: number): number;
  stream(handle: number): string;
  stats(handle: number): string;
  events(handle: number): string;
  flush(handle: number, timeoutMs: number): number | undefined;
  close(handle: number, timeoutMs: number): number | undefined;
  closeNow(handle: number, timeoutMs: number): string;
  answer(ticket: number): string | undefined;
  show(body: Uint8Array): string;
}

/** What a lent buffer holds; src/border.rs knows it too. */
export const SCRATCH_BYTES = 2 * 1024 * 1024;

/** The outcome "no room just now", which only `overflow: 'block'` has. */
export const FULL = 2;

export const native: Native = load();

/** What npm installed for this platform; where nothing tells glibc and musl apart, both are there and only one can be loaded. */
function installed(): string[] {
  const platform = `@distributed-logs/${process.platform}-${process.arch}`;
  return process.platform === 'linux' ? [platform, `${platform}-musl`] : [platform];
}

function load(): Native {
  const built = join(__dirname, `dlogs.${process.platform}-${process.arch}.node`);
  const failures: unknown[] = [];
  for (const place of [built, ...installed()]) {
    try {
      return require(place);
    } catch (error) {
      failures.push(error);
    }
  }
  const mend =
    'Install distributed-logs on the platform that it runs on, with optional dependencies, or build it with ./build.sh.';
  const message = `distributed-logs: the native half cannot be loaded from ${built} or ${installed().join(' or ')}. ${mend}`;
  throw new Error(message, { cause: new AggregateError(failures) });
}
