/** Flush and close: bounded, idempotent, and never in the way of the event loop. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { room } from './room.mjs';
import { until } from './until.mjs';

test('close tells what became of the records, and the same again', async (t) => {
  const { sink, open } = await room(t);
  const logger = open({ batchIntervalMs: 60_000 });
  for (let n = 0; n < 20; n++) {
    logger.info('m', { n });
  }
  const report = await logger.close();
  assert.deepEqual(report, { sent: 20, waiting: 0, lost: 0 });
  assert.deepEqual(await logger.stop(), report);
  assert.equal(sink.rows.size, 20);
  assert.equal(logger.state, 'stopped');
});

test('a call after close does nothing, is counted, and never throws', async (t) => {
  const { open } = await room(t);
  const logger = open();
  logger.info('in time');
  await logger.close();
  assert.equal(logger.info('too late'), false);
  assert.equal(logger.child({ a: 1 }).error('too late'), false);
  assert.equal(logger.stats().refused.closed, 2);
  assert.equal(await logger.flush(), 0);
});

test('many may close and flush at the same time', async (t) => {
  const { open } = await room(t);
  const logger = open();
  logger.info('m');
  const reports = await Promise.all([logger.close(), logger.flush(), logger.close(), logger.child({}).close()]);
  assert.deepEqual([reports[0].waiting, reports[1]], [0, 0]);
  assert.deepEqual(reports[0], reports[2]);
});

test('a listener may close', async (t) => {
  const { open } = await room(t);
  const logger = open();
  const closed = new Promise((resolve) => logger.once('batchSent', () => resolve(logger.close())));
  logger.info('m');
  assert.equal((await closed).waiting, 0);
});

test('flush and close are bounded while the server hangs', async (t) => {
  const { sink, open } = await room(t);
  sink.mode = 'hang';
  const logger = open({ shutdownTimeoutMs: 300 });
  for (let n = 0; n < 10; n++) {
    logger.info('m');
  }
  const began = Date.now();
  // More at once than libuv has threads.
  const left = await Promise.all(Array.from({ length: 8 }, () => logger.flush(200)));
  assert.deepEqual(left, Array(8).fill(10));
  assert.ok(Date.now() - began >= 150);
  assert.equal((await logger.close()).waiting, 10);
  assert.ok(Date.now() - began < 10_000);
});

test('the event loop goes on while flushes wait for a server that hangs', async (t) => {
  const { sink, open } = await room(t);
  sink.mode = 'hang';
  const logger = open();
  logger.info('m');
  let ended = false;
  const flushing = Promise.all(Array.from({ length: 8 }, () => logger.flush(60_000))).finally(() => {
    ended = true;
  });
  for (let tick = 0; tick < 20; tick++) {
    await pause(5);
  }
  // The server answers only after these ticks, however slow the machine is.
  assert.equal(ended, false);
  sink.release();
  assert.deepEqual(await flushing, Array(8).fill(0));
});

test('a call is fast while the server hangs', async (t) => {
  const { sink, open } = await room(t);
  sink.mode = 'hang';
  const logger = open({ shutdownTimeoutMs: 0 });
  const times = [];
  for (let n = 0; n < 2000; n++) {
    const began = process.hrtime.bigint();
    logger.info('m', { user_id: n, method: 'oauth', ms: 1.5 });
    times.push(Number(process.hrtime.bigint() - began));
  }
  times.sort((a, b) => a - b);
  assert.ok(times[1000] < 100_000, `${times[1000]} ns`);
});

test('overflow = block waits for room, and no longer than it may', async (t) => {
  const { sink, open } = await room(t);
  sink.mode = 503;
  const logger = open({ journal: 'memory', memoryMaxBytes: 1_048_576, overflow: 'block', blockTimeoutMs: 100 });
  logger.start();
  await until(() => logger.state !== 'stopped');
  let began;
  do {
    began = Date.now();
  } while (logger.info('x'.repeat(10_000)));
  assert.ok(Date.now() - began >= 90);
  assert.equal(logger.stats().refused.journal_full, 1);
  sink.mode = 'ok';
  assert.equal((await logger.close(10_000)).waiting, 0);
});

test('await using closes', async (t) => {
  const { sink, open } = await room(t);
  const logger = open({ batchIntervalMs: 60_000 });
  logger.info('m');
  await logger[Symbol.asyncDispose]();
  assert.deepEqual(sink.messages, ['m']);
});

test('nothing of ours keeps a program alive, and nothing is left behind', async (t) => {
  const { sink, run } = await room(t);
  const began = Date.now();
  await run(`
    const logger = new DistributedLogger(options);
    logger.on('batchSent', () => {});
    logger.start();
  `);
  assert.ok(Date.now() - began < 10_000);
  assert.equal(sink.rows.size, 0);
});
