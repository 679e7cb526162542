/** What must never happen: an exception, an endless loop, a spoiled record, whatever the fields do while they are read. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { room } from './room.mjs';
import { until } from './until.mjs';

test('a field that logs gives two whole records', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  const logs = {
    toString() {
      logger.info('from inside', { deep: 1, more: 'x'.repeat(100) });
      return 'logged';
    },
  };
  assert.equal(logger.info('outside', { before: 'x', it: logs, after: 'y' }), true);
  const [inside, outside] = await sink.wait(2);
  assert.deepEqual([inside.message, inside.metadata.deep], ['from inside', 1]);
  assert.deepEqual(outside.metadata, { before: 'x', it: 'logged', after: 'y' });
});

const ENDLESS = {
  toString: (logger) => ({
    toString() {
      logger.info('again', { me: this });
      return 'done';
    },
  }),
  toJSON: (logger) => ({
    toJSON() {
      logger.info('again', { me: this });
      return 'done';
    },
  }),
  getter: (logger) => ({
    get me() {
      logger.info('again', this);
      return 'done';
    },
  }),
  message: (logger) => ({
    toString() {
      logger.info(this);
      return 'done';
    },
  }),
  'bound fields': (logger) => ({
    toString() {
      logger.child({ me: this }).info('again');
      return 'done';
    },
  }),
};

for (const [name, make] of Object.entries(ENDLESS)) {
  test(`${name}: a field that logs itself ends`, async (t) => {
    const { sink, open } = await room(t);
    const logger = open();
    const it = make(logger);
    assert.equal(logger.info(name === 'message' ? it : 'start', name === 'getter' ? it : { it }), true);
    assert.equal(await logger.flush(10_000), 0);
    assert.ok(sink.rows.size > 1 && sink.rows.size < 100, `${sink.rows.size} records`);
    assert.equal(logger.stats().refused.malformed, 0);
  });
}

test('a field that changes what is being read', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  const items = [1, { toString: () => String(items.splice(0).length) }, 3];
  const fields = {
    a: 1,
    it: {
      toString() {
        delete fields.gone;
        fields.new = 1;
        return 'changed';
      },
    },
    gone: 2,
    items,
    z: 3,
  };
  assert.equal(logger.info('m', fields), true);
  const [row] = await sink.wait(1);
  assert.deepEqual(row.metadata, { a: 1, it: 'changed', items: [1, '3'], z: 3 });
});

test('odd messages are what they would be printed as', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  const throwing = {
    toString() {
      throw new RangeError('no');
    },
  };
  const empty = Object.create(null);
  const odd = [
    undefined,
    null,
    5,
    5n,
    Symbol('s'),
    ['a'],
    { a: 1 },
    empty,
    throwing,
    new Error('e'),
    () => 1,
    'a\ud800',
  ];
  for (const message of odd) {
    assert.equal(logger.info(message), true);
  }
  assert.equal(logger.custom(7), true);
  const messages = (await sink.wait(odd.length + 1)).map((row) => row.message);
  const texts = ['undefined', 'null', '5', '5', 'Symbol(s)', "[ 'a' ]", '{ a: 1 }', '[Object: null prototype] {}'];
  assert.deepEqual(messages, [...texts, '<Object threw RangeError>', 'e', '() => 1', 'a\ufffd', '7']);
});

test('odd arguments are fields', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  logger.info('m', 5);
  logger.info('m', null, 'thrown');
  logger.info('m', { a: 1 }, { code: 7 });
  logger.child('text').info('m');
  logger.child(new Map([['k', 1]])).info('m');
  const rows = await sink.wait(5);
  const found = rows.map((row) => row.metadata);
  assert.deepEqual(found, [
    { metadata: 5 },
    { error: 'thrown' },
    { error: { code: 7 }, a: 1 },
    { metadata: 'text' },
    { k: 1 },
  ]);
});

test('at the end of the stack nothing of ours is thrown, and the next record is whole', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  const dive = (depth) => {
    try {
      return dive(depth + 1);
    } catch {
      logger.info('deep', { depth, it: { a: [1] } });
      return depth;
    }
  };
  assert.ok(dive(0) > 100);
  assert.equal(logger.info('next', { a: 1 }), true);
  assert.equal(await logger.flush(5000), 0);
  const last = [...sink.rows.values()].at(-1);
  assert.deepEqual([last.message, last.metadata], ['next', { a: 1 }]);
});

test('values that are too large leave their record and its neighbours whole', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  const large = { text: 'ü'.repeat(10_000_000), name: { length: 5 } };
  logger.info('before');
  // Each takes a segment, and the next may not be ready yet: that is refused, and then it is tried again.
  await until(() => logger.info('m', { id: 1, large }));
  await until(() => logger.info('x'.repeat(10_000_000), { id: 2 }));
  const error = Object.assign(new Error('y'.repeat(1_000_000)), {
    name: 'N'.repeat(1_000_000),
    code: 'z'.repeat(1_000_000),
  });
  await until(() => logger.child({ b: 'w'.repeat(300_000) }).info('m', { c: 'v'.repeat(300_000) }, error));
  await until(() => logger.info('after'));
  const rows = await sink.wait(5);
  assert.deepEqual([rows[0].message, rows[4].message], ['before', 'after']);
  assert.deepEqual([rows[1].metadata.id, rows[2].metadata.id], [1, 2]);
  assert.equal(logger.stats().refused.malformed, 0);
});

test('keys that are data do not pile up', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  for (let n = 0; n < 10_000; n++) {
    // A burst may find no segment ready: that is refused, and then it is tried again.
    await until(() => logger.info('m', { [`key ${n}`]: n, ['k'.repeat(300)]: 1 }));
  }
  const rows = await sink.wait(10_000);
  assert.deepEqual(rows[9999].metadata, { 'key 9999': 9999, [`${'k'.repeat(253)}…`]: 1 });
});

test('nothing is printed', async (t) => {
  const { run } = await room(t);
  const printed = await run(`
    const logger = new DistributedLogger({ ...options, endpoint: 'http://127.0.0.1:9/api/logs', shutdownTimeoutMs: 50 });
    logger.error('m', new Error('e'));
    logger.closeSync();
    logger.error('late');
  `);
  assert.equal(printed, '');
});
