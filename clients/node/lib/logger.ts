/** The logger: the verbs, children, start, flush, close, events. */

import { inspect } from 'node:util';
import type { Bound } from './body';
import { bind } from './bound';
import { ListenedEmitter } from './emitter';
import { type CloseReport, Engine } from './engine';
import { CRITICAL, DEBUG, ERROR, INFO, type LevelName, NAMES, TRACE, WARNING } from './generated/levels';
import type { Activity, State } from './generated/states';
import { type Level, levelNumber } from './level';
import * as lifecycle from './lifecycle';
import { type Options, toCore } from './options';
import { Pump } from './pump';
import { record } from './record';
import type { Stats } from './stats';

/** What belongs to a message: named values of any kind. An `Error`, here or as `error`, becomes the record's error. */
export type Metadata = object;

/** What a logger and its children have in common. */
interface Shared {
  readonly engine: Engine;
  readonly pump: Pump;
}

/**
 * Logs into a journal that outlives the process, and sends from there. No log call blocks, prints or throws: it answers `true`
 * when the record is in the journal, `false` when it is below the level or was refused; `stats()` tells the reasons.
 */
export class DistributedLogger extends ListenedEmitter {
  private readonly shared: Shared;
  private readonly engine: Engine;
  private readonly bound: Bound | undefined;

  /** Prepares a logger. Starts no thread and sends nothing. Throws an `Error` that names a bad option and what is allowed. */
  constructor(options?: Options);
  /** @internal A child. */
  constructor(shared: Shared, bound: Bound);
  constructor(options: Options | Shared = {}, bound?: Bound) {
    super();
    if (bound === undefined) {
      const engine = new Engine(toCore(options as Options));
      this.shared = { engine, pump: new Pump(engine) };
      lifecycle.opened(engine, this.shared.pump);
    } else {
      this.shared = options as Shared;
    }
    this.engine = this.shared.engine;
    this.bound = bound;
  }

  /** Records the steps of an algorithm, for its author. */
  trace(message: string | Error, metadata?: Metadata | null, error?: unknown): boolean {
    return TRACE >= this.engine.level && record(this.engine, this.bound, TRACE, 0, message, metadata, error, 0);
  }

  /** Records what helps whoever looks for a defect. */
  debug(message: string | Error, metadata?: Metadata | null, error?: unknown): boolean {
    return DEBUG >= this.engine.level && record(this.engine, this.bound, DEBUG, 0, message, metadata, error, 0);
  }

  /** Records the normal course of things. */
  info(message: string | Error, metadata?: Metadata | null, error?: unknown): boolean {
    return INFO >= this.engine.level && record(this.engine, this.bound, INFO, 0, message, metadata, error, 0);
  }

  /** Records what should be looked at, and did no harm yet. */
  warning(message: string | Error, metadata?: Metadata | null, error?: unknown): boolean {
    return WARNING >= this.engine.level && record(this.engine, this.bound, WARNING, 0, message, metadata, error, 0);
  }

  /** The same as `warning`. */
  warn(message: string | Error, metadata?: Metadata | null, error?: unknown): boolean {
    return this.warning(message, metadata, error);
  }

  /** Records that something failed. Sent within 50 ms. `error` may also be given instead of metadata, or in it. */
  error(message: string | Error, metadata?: Metadata | null, error?: unknown): boolean {
    return ERROR >= this.engine.level && record(this.engine, this.bound, ERROR, 0, message, metadata, error, 0);
  }

  /** Records that the program or a vital part of it cannot go on. Sent within 50 ms. */
  critical(message: string | Error, metadata?: Metadata | null, error?: unknown): boolean {
    return CRITICAL >= this.engine.level && record(this.engine, this.bound, CRITICAL, 0, message, metadata, error, 0);
  }

  /** Records a custom event, for business metrics, at INFO. */
  custom(event: string, metadata?: Metadata | null, error?: unknown): boolean {
    return INFO >= this.engine.level && record(this.engine, this.bound, INFO, 1, event, metadata, error, 0);
  }

  /** Records at a level given by name or number. One that nobody knows is INFO, so that the record is not lost. */
  log(level: Level, message: string | Error, metadata?: Metadata | null, error?: unknown): boolean {
    const number = levelNumber(level) ?? INFO;
    return number >= this.engine.level && record(this.engine, this.bound, number, 0, message, metadata, error, 0);
  }

  /** @internal Records what an adapter has taken apart. `timeMs` 0: now. */
  adapted(level: number, message: unknown, metadata: object, error: unknown, timeMs: number): boolean {
    return level >= this.engine.level && record(this.engine, this.bound, level, 0, message, metadata, error, timeMs);
  }

  /** Would a record of this level be kept? */
  isLevelEnabled(level: Level): boolean {
    const number = levelNumber(level);
    return number !== undefined && number >= this.engine.level;
  }

  /** The lowest level that is recorded. May be set at any time, for this logger and all its relatives. */
  get level(): LevelName {
    return NAMES[this.engine.level] ?? 'INFO';
  }

  set level(level: Level) {
    const number = levelNumber(level);
    if (number === undefined) {
      const allowed = 'trace, debug, info, warning, error, critical, or 0 to 5';
      throw new RangeError(`level must be ${allowed}, not ${inspect(level)}`);
    }
    this.engine.setLevel(number);
  }

  /** A logger whose records carry these fields, too. Shares everything else: stream, level, statistics, its end. */
  child(fields: Metadata): DistributedLogger {
    return new DistributedLogger(this.shared, bind(this.bound, fields));
  }

  /** Begins to send. The first record does the same; what was logged before is kept. */
  start(): void {
    this.engine.start();
  }

  /**
   * Waits until everything logged before is stored or lost; answers how many records of it are left.
   *
   * @param timeoutMs How long at most; 0 sends without waiting. Default: the option `shutdownTimeoutMs`.
   */
  async flush(timeoutMs: number = this.engine.shutdownTimeoutMs): Promise<number> {
    const waiting = await this.engine.flush(timeoutMs);
    this.shared.pump.deliver();
    return waiting;
  }

  /**
   * Takes no more records, sends what waits, leaves the rest in the journal. A second call tells the same again.
   *
   * @param timeoutMs How long at most. Default: the option `shutdownTimeoutMs`.
   */
  async close(timeoutMs: number = this.engine.shutdownTimeoutMs): Promise<CloseReport> {
    const report = await this.engine.close(timeoutMs);
    this.closed();
    return report;
  }

  /** The same as `close`. */
  stop(timeoutMs?: number): Promise<CloseReport> {
    return this.close(timeoutMs);
  }

  /** As `close`, but the event loop stands still meanwhile: for `process.on('exit')` and command-line tools. */
  closeSync(timeoutMs: number = this.engine.shutdownTimeoutMs): CloseReport {
    const report = this.engine.closeNow(timeoutMs);
    this.closed();
    return report;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close().then(() => undefined);
  }

  /** What was accepted, sent, refused and lost, by reason; the names are those of spec/wire.md. */
  stats(): Stats {
    return this.engine.stats() as Stats;
  }

  /** What the logger is: running, retrying, failed … */
  get state(): State {
    return this.engine.state();
  }

  /** What a running logger is doing. */
  get activity(): Activity | undefined {
    return this.engine.activity();
  }

  /** The stream that this logger writes: `<32 hex digits>.<lane>`. With a sequence number it names a record. */
  get stream(): string {
    return this.engine.stream();
  }

  /** @internal */
  override listenedTo(): void {
    this.shared.pump.listen(this);
  }

  [inspect.custom](): string {
    return `<DistributedLogger ${this.stream} ${this.state}>`;
  }

  private closed(): void {
    this.shared.pump.deliver();
    this.shared.pump.end();
    lifecycle.closed(this.engine);
  }
}
