/** Errors become @error.*: class, text, and a stack with its causes. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shown } from './encoded.mjs';
import { room } from './room.mjs';

class PaymentError extends Error {}

test('an error may be given in every way', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  const error = new PaymentError('declined');
  logger.error('m', error);
  logger.error('m', { a: 1 }, error);
  logger.error('m', { a: 1, error });
  logger.error('m', { a: 1, err: error });
  logger.error(error, { a: 1 });
  logger.child({ b: 2 }).custom('failed', null, error);
  const rows = await sink.wait(6);
  for (const row of rows) {
    assert.deepEqual([row.error.type, row.error.message], ['PaymentError', 'declined']);
    assert.ok(row.error.stack.includes('errors.test.mjs'));
  }
  assert.deepEqual(
    rows.map((row) => row.metadata),
    [{}, { a: 1 }, { a: 1 }, { a: 1 }, { a: 1 }, { b: 2 }],
  );
  assert.equal(rows[4].message, 'declined');
});

test('causes are in the stack, as deep as they go and no deeper', () => {
  const inner = new TypeError('inner');
  const outer = new Error('outer', { cause: new Error('middle', { cause: inner }) });
  const { stack } = shown(outer).error;
  assert.match(stack, /^Error: outer\n.*Caused by: Error: middle\n.*Caused by: TypeError: inner\n/s);
  inner.cause = outer;
  assert.ok(shown(outer).error.stack.endsWith('Caused by: …'));
  assert.match(shown(new Error('e', { cause: 'a text' })).error.stack, /Caused by: a text$/);
  assert.match(shown(new Error('e', { cause: { code: 1 } })).error.stack, /Caused by: <Object>$/);
  let chain = new Error('0');
  for (let n = 1; n < 100; n++) {
    chain = new Error(String(n), { cause: chain });
  }
  const told = shown(chain).error.stack;
  assert.equal(told.match(/Caused by: Error/g).length, 8);
  assert.ok(told.endsWith('Caused by: …'));
});

test('the errors of an AggregateError are in its stack', () => {
  const { error } = shown(new AggregateError([new Error('one'), new TypeError('two')], 'all'));
  assert.equal(error.type, 'AggregateError');
  assert.match(error.stack, /Error 1: Error: one\n.*Error 2: TypeError: two\n/s);
});

test('what an error says besides is a field, as far as it is plain', () => {
  const error = Object.assign(new Error('e'), {
    code: 'ECONNREFUSED',
    port: 5000,
    socket: { huge: true },
    retry: undefined,
  });
  assert.deepEqual(shown(error).metadata, { error: { code: 'ECONNREFUSED', port: 5000, retry: null } });
});

test('an error that hides its parts is still recorded', () => {
  const hiding = Object.defineProperties(new Error('e'), { stack: { value: undefined }, name: { value: 5 } });
  Object.defineProperty(hiding, 'message', {
    get() {
      throw new RangeError('no');
    },
  });
  assert.deepEqual(shown(hiding).error, {
    type: 'Error',
    message: '<get message threw RangeError>',
    stack: 'Error: <get message threw RangeError>',
  });
});

test('an error under another key is a value', () => {
  const { error, metadata } = shown({ reason: new Error('boom') });
  assert.deepEqual([error, metadata], [undefined, { reason: 'Error: boom' }]);
});
