/** pino's records into a logger: as a transport, which works in pino's own thread, or as a stream in the program's. */

import { hostname } from 'node:os';
import { Writable } from 'node:stream';
import { INFO, PINO } from './generated/levels';
import { levelNumber, levelOfHost } from './level';
import { DistributedLogger } from './logger';
import type { Options } from './options';

/** What pino calls its parts, where that was changed in pino's own options. */
export interface PinoKeys {
  /** Default: msg. */
  messageKey?: string;
  /** Default: err. */
  errorKey?: string;
}

/** What a pino line may carry that a record has a place of its own for. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['name', '@logger'],
  ['trace_id', '@trace_id'],
  ['span_id', '@span_id'],
]);

/** What pino's thread adds to a transport's options. */
const PINOS_OWN: ReadonlySet<string> = new Set(['$context', 'pinoWillSendConfig']);

/** Every batch says these once, so that they need not stand in every record. */
const OWN = { pid: process.pid, hostname: hostname() };

/**
 * The transport: `pino.transport({ target: 'distributed-logs/pino', options: { serviceName: 'shop' } })`. It closes its logger
 * when pino ends it. What pino has not handed to its thread yet dies with the process; `pinoStream` has no such gap.
 */
export default function transport(given: Options & PinoKeys = {}): Writable {
  const { messageKey, errorKey, ...others } = given;
  const options = Object.fromEntries(Object.entries(others).filter(([name]) => !PINOS_OWN.has(name)));
  const logger = new DistributedLogger(options);
  const keys = { ...(messageKey && { messageKey }), ...(errorKey && { errorKey }) };
  let rest = '';
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _, done) {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        writeLine(logger, line, keys);
      }
      done();
    },
    final(done) {
      writeLine(logger, rest, keys);
      logger.close().then(() => done(), done);
    },
  });
}

/** A destination in the program's own thread, `pino(pinoStream(logger))`: when pino's call returns, the record is in the journal. */
export function pinoStream(logger: DistributedLogger, keys: PinoKeys = {}): { write(line: string): void } {
  return {
    write(line) {
      writeLine(logger, line.trimEnd(), keys);
    },
  };
}

/** One line of pino's. One that is no JSON object, because somebody else wrote it, is a message. */
function writeLine(logger: DistributedLogger, line: string, { messageKey = 'msg', errorKey = 'err' }: PinoKeys): void {
  const parsed = parse(line);
  if (parsed === undefined) {
    if (line !== '') {
      logger.info(line);
    }
    return;
  }
  const { level, time, [messageKey]: message = '', [errorKey]: error, ...rest } = parsed;
  const fields: Record<string, unknown> = errorFields(error, errorKey);
  for (const [name, value] of Object.entries(rest)) {
    if (value !== OWN[name as keyof typeof OWN]) {
      fields[RESERVED.get(name) ?? name] = value;
    }
  }
  const number = typeof level === 'number' ? levelOfHost(PINO, level) : (levelNumber(level) ?? INFO);
  logger.adapted(number, message, fields, undefined, timeOf(time));
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What pino's serializer has made of an error. */
function errorFields(error: unknown, errorKey: string): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) {
    return error === undefined ? {} : { [errorKey]: error };
  }
  const { type, message, stack, ...details } = error as Record<string, unknown>;
  if (typeof stack !== 'string') {
    return { [errorKey]: error };
  }
  const fields = { '@error.type': type, '@error.message': message, '@error.stack': stack };
  return Object.keys(details).length > 0 ? { ...fields, error: details } : fields;
}

/** Milliseconds since 1970 from pino's time: a number, or a text of its other time functions. 0: now. */
function timeOf(time: unknown): number {
  const ms = typeof time === 'number' ? time : Date.parse(String(time));
  return Number.isFinite(ms) ? ms : 0;
}
