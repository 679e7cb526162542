/** winston's records into a logger. */

import TransportStream = require('winston-transport');

import { isError } from './error';
import { INFO, WINSTON } from './generated/levels';
import { levelNumber, levelOfHost } from './level';
import { DistributedLogger } from './logger';
import type { Options } from './options';

/** What winston hands to a transport: the record, and what its formats left behind. */
interface Info {
  readonly level: string;
  readonly message: unknown;
  readonly [name: string | symbol]: unknown;
}

/** Where winston keeps the level as it was, before a format coloured it, and the arguments behind the message. */
const LEVEL = Symbol.for('level');
const SPLAT = Symbol.for('splat');

/** What a record has a place of its own for. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['trace_id', '@trace_id'],
  ['span_id', '@span_id'],
]);

/** A transport for `winston.createLogger({ transports: [new WinstonTransport({ logger })] })`. */
export class WinstonTransport extends TransportStream {
  private readonly logger: DistributedLogger;
  private readonly owned: boolean;

  /** Sends to `logger`, or to a logger of its own that is made of `options` and closed with the transport. */
  constructor({
    logger,
    options,
    ...transport
  }: { logger?: DistributedLogger; options?: Options } & TransportStream.TransportStreamOptions = {}) {
    super(transport);
    this.owned = logger === undefined;
    this.logger = logger ?? new DistributedLogger(options);
  }

  /** Records one entry. */
  override log(info: Info, next: () => void): void {
    const level = String(info[LEVEL] ?? info.level);
    const error = errorOf(info);
    this.logger.adapted(
      levelNumber(level) ?? levelAbove(level),
      info.message,
      fieldsOf(info, error),
      error,
      timeOf(info),
    );
    next();
  }

  override close(): void {
    if (this.owned) {
      this.logger.close();
    }
  }
}

/** A level of somebody's own that is a number like npm's, else INFO. */
function levelAbove(level: string): number {
  return Number.isNaN(Number(level)) ? INFO : levelOfHost(WINSTON, Number(level));
}

/** The error of a call: `error(error)`, `error('failed', error)`, `error('failed', { error })`. */
function errorOf(info: Info): Error | undefined {
  const splat = info[SPLAT];
  const given = [info, info.error, info.err, ...(Array.isArray(splat) ? splat : [])];
  return given.find(isError);
}

function fieldsOf(info: Info, error: Error | undefined): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(info)) {
    const told = name === 'level' || name === 'message' || name === 'timestamp';
    const ofError = name === 'stack' || (error !== undefined && (name === 'cause' || value === error));
    if (!told && !ofError) {
      fields[RESERVED.get(name) ?? name] = value;
    }
  }
  return error === undefined && typeof info.stack === 'string'
    ? { ...errorFields(info.stack, info), ...fields }
    : fields;
}

/** What winston's format `errors` leaves of an error that was logged alone: its stack, and its text as message. */
function errorFields(stack: string, { message }: Info): Record<string, unknown> {
  return { '@error.type': /^[\w$]+/.exec(stack)?.[0], '@error.message': message, '@error.stack': stack };
}

/** What winston's format `timestamp` wrote, if it is a time; 0: now. */
function timeOf({ timestamp }: Info): number {
  const ms = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  return Number.isFinite(ms) ? ms : 0;
}
