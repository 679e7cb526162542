/** Fields of the asynchronous context are in every record that is made there, and nowhere else. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { context } from 'distributed-logs';
import { room } from './room.mjs';

test('fields follow what is awaited, and end with their block', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  const handle = (request) =>
    context.run({ request }, async () => {
      logger.info('begins');
      await pause(1);
      await context.run({ step: 2 }, async () => {
        await pause(1);
        logger.info('inside', { own: 1 });
      });
      logger.child({ request: 'child' }).info('ends');
      return request;
    });
  assert.deepEqual(await Promise.all([handle('a'), handle('b')]), ['a', 'b']);
  logger.info('outside');
  const rows = await sink.wait(7);
  const of = (message) => rows.filter((row) => row.message === message).map((row) => row.metadata);
  assert.deepEqual(of('begins'), [{ request: 'a' }, { request: 'b' }]);
  assert.deepEqual(of('inside'), [
    { request: 'a', step: 2, own: 1 },
    { request: 'b', step: 2, own: 1 },
  ]);
  assert.deepEqual(of('ends'), [{ request: 'child' }, { request: 'child' }]);
  assert.deepEqual(of('outside'), [{}]);
});

test('enter binds to the end of the context', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  await context.run({ a: 1 }, async () => {
    context.enter({ b: 2 });
    await pause(1);
    logger.info('m');
  });
  const [row] = await sink.wait(1);
  assert.deepEqual(row.metadata, { a: 1, b: 2 });
});
