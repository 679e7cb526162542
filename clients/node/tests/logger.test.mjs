/** The verbs, children, levels, options, statistics and events of a logger. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { DistributedLogger, version } from 'distributed-logs';
import { room } from './room.mjs';
import { until } from './until.mjs';

test('every verb records at its level and answers true', async (t) => {
  const { sink, open } = await room(t);
  const logger = open({ level: 'trace' });
  for (const verb of ['trace', 'debug', 'info', 'warning', 'warn', 'error', 'critical']) {
    assert.equal(logger[verb](verb, { verb }), true);
  }
  assert.equal(logger.custom('paid', { amount: 99.99 }), true);
  for (const level of ['notice', 'FATAL', 4, 'loud']) {
    assert.equal(logger.log(level, String(level)), true);
  }
  const rows = await sink.wait(12);
  const levels = [
    'TRACE',
    'DEBUG',
    'INFO',
    'WARNING',
    'WARNING',
    'ERROR',
    'CRITICAL',
    'INFO',
    'INFO',
    'CRITICAL',
    'ERROR',
    'INFO',
  ];
  assert.deepEqual(
    rows.map((row) => row.level),
    levels,
  );
  assert.deepEqual(rows[2].metadata, { verb: 'info' });
  assert.deepEqual([rows[7].event, rows[7].metadata], ['paid', { amount: 99.99 }]);
  assert.equal(rows[0].pid, process.pid);
});

test('a disabled call answers false and looks at nothing', async (t) => {
  const { open } = await room(t);
  const logger = open();
  const hostile = {
    get field() {
      throw new Error('was asked');
    },
  };
  assert.equal(logger.debug('no', hostile), false);
  assert.equal(logger.stats().accepted, 0);
});

test('the level belongs to a logger and all its relatives', async (t) => {
  const { open } = await room(t);
  const logger = open();
  const child = logger.child({ a: 1 });
  assert.equal(logger.level, 'INFO');
  child.level = 'err';
  assert.deepEqual([logger.level, logger.isLevelEnabled('warning'), child.isLevelEnabled(5)], ['ERROR', false, true]);
  assert.equal(logger.info('no'), false);
  logger.level = 0;
  assert.equal(child.trace('yes'), true);
  assert.throws(() => {
    logger.level = 'loud';
  }, /level must be trace.*'loud'/);
  assert.equal(logger.isLevelEnabled('loud'), false);
});

test('a child carries fields, and its own win', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  const child = logger.child({ request: 'r1', user: 'bound' }).child({ ключ: [1], step: 1 });
  assert.ok(child instanceof DistributedLogger);
  child.info('m', { user: 'own' });
  child.info('no fields');
  logger.info('parent');
  const rows = await sink.wait(3);
  assert.deepEqual(rows[0].metadata, { request: 'r1', user: 'own', ключ: [1], step: 1 });
  assert.deepEqual(rows[1].metadata, { request: 'r1', user: 'bound', ключ: [1], step: 1 });
  assert.deepEqual(rows[2].metadata, {});
  assert.equal(child.stream, logger.stream);
});

test('a wrong option says what is wrong and how to mend it', async (t) => {
  const { options } = await room(t);
  const made = (more) => () => new DistributedLogger({ ...options, ...more });
  assert.throws(made({ batchSize: 0 }), /batch_size.*10000/);
  assert.throws(made({ batchSize: Number.NaN }), /batch_size/);
  assert.throws(made({ batchSise: 10 }), /batchSise/);
  assert.throws(made({ level: 'loud' }), /level/);
  assert.throws(made({ endpoint: 'localhost:5000' }), /endpoint.*http/);
  const logger = new DistributedLogger({
    ...options,
    batchSize: undefined,
    batch_interval_ms: 30,
    batchMaxBytes: 10_000n,
  });
  logger.closeSync();
});

test('who speaks is told to the server', async (t) => {
  const { sink, open } = await room(t);
  open({ componentName: 'part', metadata: { region: 'eu-1' } }).info('m');
  await sink.wait(1);
  const { client } = sink.headers[0];
  assert.deepEqual([client.language, client.service, client.component], ['node', 'tests', 'part']);
  assert.deepEqual(client.metadata, { region: 'eu-1' });
  assert.equal(client.sdk_version ?? client.version ?? version, version);
  assert.ok(inspect(client).includes(process.version.slice(1)));
});

test('events come to whoever listens, with names and parts as JavaScript has them', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  const heard = [];
  logger.once('batchSent', (event) => heard.push(event));
  logger.child({}).prependListener('stateChanged', (event) => heard.push(event));
  logger.info('m');
  await sink.wait(1);
  assert.equal(await logger.flush(5000), 0);
  const sent = heard.find((event) => event.name === 'batchSent');
  assert.deepEqual([sent.count, sent.firstSeq, sent.lastSeq, sent.stream], [1, 1, 1, logger.stream]);
  assert.ok(sent.bytes > 0 && sent.roundTripMs >= 0);
  const states = heard.filter((event) => event.name === 'stateChanged').map(({ from, to }) => `${from} ${to}`);
  assert.deepEqual(states, ['stopped starting', 'starting running']);
});

test('an outage is told: batchFailed, connectionFailed, alert, connectionRestored', async (t) => {
  const { sink, open } = await room(t);
  sink.mode = 503;
  const logger = open({ failedAfter: 2 });
  const heard = new Map();
  for (const name of ['batchFailed', 'connectionFailed', 'alert', 'connectionRestored']) {
    logger.on(name, (event) => heard.set(name, event));
  }
  logger.info('m');
  await until(
    () => heard.has('alert'),
    () => `heard ${[...heard.keys()]}`,
  );
  assert.equal(logger.state, 'failed');
  assert.deepEqual([heard.get('batchFailed').status, heard.get('connectionFailed').reason], [503, 'server']);
  assert.ok(logger.stats().last_error);
  sink.mode = 'ok';
  await until(
    () => heard.has('connectionRestored'),
    () => `heard ${[...heard.keys()]}`,
  );
  assert.equal(await logger.flush(5000), 0);
  assert.equal(logger.state, 'running');
});

test('a listener that is gone hears nothing', async (t) => {
  const { sink, open } = await room(t);
  const logger = open();
  let heard = 0;
  const listener = () => heard++;
  logger.on('batchSent', listener).off('batchSent', listener);
  logger.info('m');
  await sink.wait(1);
  await logger.flush();
  assert.equal(heard, 0);
});

test('a logger shows what it is', async (t) => {
  const { open } = await room(t);
  const logger = open();
  assert.equal(logger.state, 'stopped');
  assert.equal(logger.activity, undefined);
  logger.start();
  await until(() => logger.state === 'running');
  assert.equal(logger.activity, 'batching');
  assert.equal(inspect(logger), `<DistributedLogger ${logger.stream} running>`);
});

test('a forgotten logger that is closed is collected', async (t) => {
  const { run } = await room(t);
  await run(`
    require('node:v8').setFlagsFromString('--expose-gc');
    const collect = require('node:vm').runInNewContext('gc');
    (async () => {
      for (let n = 0; n < 5; n++) {
        const logger = new DistributedLogger({ ...options, journal: 'memory' });
        logger.on('batchSent', () => {});
        await logger.close();
        collect();
        await new Promise(setImmediate);
      }
    })();
  `);
});
