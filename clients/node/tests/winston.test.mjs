/** winston's transport. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WinstonTransport } from 'distributed-logs/winston';
import winston from 'winston';
import { room } from './room.mjs';
import { until } from './until.mjs';

const { combine, colorize, errors, splat, timestamp } = winston.format;

async function made(t, format = winston.format.json(), more = {}) {
  const { sink, open, options } = await room(t);
  const logger = open({ level: 'trace' });
  const transports = [new WinstonTransport({ logger })];
  return { sink, options, log: winston.createLogger({ level: 'silly', format, transports, ...more }) };
}

test('levels, messages and metadata', async (t) => {
  const { sink, log } = await made(t, combine(colorize(), splat(), winston.format.simple()));
  for (const level of ['silly', 'debug', 'verbose', 'http', 'info', 'warn', 'error']) {
    log[level]('hello %s', level, { user: 7, trace_id: 'abc' });
  }
  const rows = await sink.wait(7);
  assert.deepEqual(
    rows.map((row) => row.level),
    ['TRACE', 'DEBUG', 'TRACE', 'INFO', 'INFO', 'WARNING', 'ERROR'],
  );
  assert.deepEqual([rows[4].message, rows[4].metadata, rows[4].trace_id], ['hello info', { user: 7 }, 'abc']);
});

test('errors, in every way that winston takes them', async (t) => {
  const { sink, log } = await made(t, errors({ stack: true }));
  const error = Object.assign(new TypeError('bad'), { code: 'E_BAD' });
  log.error('failed', error);
  log.error('failed', { error, order: 7 });
  log.error(error);
  const rows = await sink.wait(3);
  assert.ok(rows.every((row) => row.error?.stack.includes('winston.test.mjs')));
  assert.deepEqual([rows[1].message, rows[1].error.type, rows[1].metadata.order], ['failed', 'TypeError', 7]);
});

test('a timestamp is the time of the record, a child keeps its fields, own levels are kept', async (t) => {
  const { sink, log } = await made(t, timestamp(), { levels: { loud: 0, quiet: 1 }, level: 'quiet' });
  const began = Date.now();
  log.child({ request: 1 }).log('loud', 'm', { a: 1 });
  const [row] = await sink.wait(1);
  assert.deepEqual([row.level, row.metadata], ['INFO', { request: 1, a: 1 }]);
  const ms = Number(row.time_ns / 1_000_000n);
  assert.ok(ms >= began && ms <= Date.now());
});

test('a transport of its own closes its logger', async (t) => {
  const { sink, options } = await made(t);
  const transport = new WinstonTransport({ options: { ...options, batchIntervalMs: 60_000 }, level: 'warn' });
  const log = winston.createLogger({ transports: [transport] });
  log.info('below the transport');
  log.warn('kept');
  log.close();
  await until(() => sink.rows.size === 1);
  assert.deepEqual(sink.messages, ['kept']);
});
