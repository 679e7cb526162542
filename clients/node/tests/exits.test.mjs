/** However a program ends: its records arrive, or survive in the journal and are sent by the next start. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { room } from './room.mjs';

/** Logs one record, then ends in some way. */
const LOG = `const logger = new DistributedLogger({ ...options, batchIntervalMs: 60_000 });
  for (let n = 0; n < 50; n++) logger.info('m', { n });`;

/** Stays alive until the parent is heard from, which is never. */
const STAY = 'setInterval(() => {}, 1000);';

const ARRIVES = [
  ['the natural end', LOG],
  ['process.exit', `${LOG} process.exit(3);`, 3],
  ['process.exit in a timer', `${LOG} setTimeout(() => process.exit(4), 1);`, 4],
  ['an uncaught exception', `${LOG} throw new Error('on purpose');`, 1],
  ['an unhandled rejection', `${LOG} Promise.reject(new Error('on purpose'));`, 1],
  ['SIGTERM with closeOnSignals', `${LOG} closeOnSignals(); ${STAY} process.kill(process.pid, 'SIGTERM');`, 'SIGTERM'],
  [
    'SIGINT with closeOnSignals',
    `${LOG} closeOnSignals(['SIGINT']); ${STAY} process.kill(process.pid, 'SIGINT');`,
    'SIGINT',
  ],
  [
    'SIGTERM where the program handles it itself',
    `${LOG} closeOnSignals(); ${STAY} process.once('SIGTERM', () => setTimeout(() => process.exit(5), 100));
     process.kill(process.pid, 'SIGTERM');`,
    5,
  ],
  [
    'an exit hook that logs, set before ours',
    `process.on('exit', () => logger.info('m', { n: 49 })); ${LOG.replace('50', '49')}`,
  ],
];

for (const [name, program, end] of ARRIVES) {
  test(`${name}: every record has arrived`, async (t) => {
    const { sink, run } = await room(t);
    await run(program, end);
    const numbers = Array.from(sink.rows.values(), (row) => row.metadata.n);
    assert.deepEqual(numbers, [...Array(50).keys()]);
  });
}

const SURVIVES = [
  ['SIGTERM by default', `${LOG} ${STAY} process.kill(process.pid, 'SIGTERM');`, 'SIGTERM'],
  ['SIGKILL', `${LOG} process.kill(process.pid, 'SIGKILL');`, 'SIGKILL'],
  ['SIGABRT', `${LOG} process.kill(process.pid, 'SIGABRT');`, 'SIGABRT'],
  ['process.reallyExit', `${LOG} process.reallyExit(6);`, 6],
];

for (const [name, program, end] of SURVIVES) {
  test(`${name}: every record is sent by the next start`, async (t) => {
    const { sink, run, open } = await room(t);
    await run(program, end);
    open().start();
    const numbers = (await sink.wait(50)).map((row) => row.metadata.n);
    assert.deepEqual(numbers, [...Array(50).keys()]);
  });
}

test('an exit while the server hangs is bounded, for all loggers together', async (t) => {
  const { sink, run } = await room(t);
  sink.mode = 'hang';
  const printed = await run(`
    const began = Date.now();
    for (const serviceName of ['a', 'b', 'c']) {
      new DistributedLogger({ ...options, serviceName, shutdownTimeoutMs: 300 }).info('m');
    }
    process.on('exit', () => console.log(Date.now() - began < 10_000));
  `);
  assert.equal(printed, 'true\n');
});

/** A program whose workers run `work`, then `after`. */
const workers = (work, after = '') => `
  const { Worker, isMainThread, parentPort, workerData, threadId } = require('node:worker_threads');
  if (isMainThread) {
    const all = Array.from({ length: 4 }, (_, n) => new Worker(__filename, { workerData: n }));
    ${after}
  } else {
    const logger = new DistributedLogger({ ...options, batchIntervalMs: 60_000 });
    logger.on('batchSent', () => {});
    for (let n = 0; n < 50; n++) logger.info('m', { n: 50 * workerData + n });
    ${work}
  }`;

const WORKERS = [
  ['that end', workers('')],
  ['that call process.exit', workers('process.exit(2);')],
  [
    'that are terminated',
    workers(
      `parentPort.postMessage('logged'); ${STAY}`,
      `for (const one of all) one.once('message', () => one.terminate());`,
    ),
  ],
  ['that throw', workers(`throw new Error('on purpose');`, `for (const one of all) one.once('error', () => {});`)],
  [
    'that are left behind by process.exit',
    workers(
      `parentPort.postMessage('logged'); ${STAY}`,
      `let logged = 0; for (const one of all) one.once('message', () => ++logged === 4 && process.exit(0));`,
    ),
  ],
];

for (const [name, program] of WORKERS) {
  test(`workers ${name}: every record arrives`, async (t) => {
    const { sink, run, open } = await room(t);
    await run(program);
    open().start(); // What was left behind is sent by the next start.
    const numbers = (await sink.wait(200)).map((row) => row.metadata.n);
    assert.deepEqual(
      numbers.sort((a, b) => a - b),
      [...Array(200).keys()],
    );
  });
}

test('a worker that ends while its records wait for the server leaves a program that goes on', async (t) => {
  const { sink, run } = await room(t);
  sink.mode = 503;
  const work = workers(
    '',
    `
    const logger = new DistributedLogger({ ...options, shutdownTimeoutMs: 0 });
    let ended = 0;
    for (const one of all) one.once('exit', () => ++ended === 4 && console.log(logger.info('main')));`,
  );
  assert.equal(await run(work.replace('60_000', '60_000, shutdownTimeoutMs: 100')), 'true\n');
});

test('a cluster: the primary and each worker have streams of their own', async (t) => {
  const { sink, run } = await room(t);
  await run(`
    const cluster = require('node:cluster');
    const logger = new DistributedLogger(options);
    if (cluster.isPrimary) {
      logger.info('primary');
      for (let n = 0; n < 3; n++) cluster.fork({ NUMBER: n });
    } else {
      for (let n = 0; n < 50; n++) logger.info('worker', { n: 50 * process.env.NUMBER + n });
      cluster.worker.disconnect();
    }`);
  const rows = await sink.wait(151);
  const numbers = rows.filter((row) => row.message === 'worker').map((row) => row.metadata.n);
  assert.deepEqual(
    numbers.sort((a, b) => a - b),
    [...Array(150).keys()],
  );
  assert.equal(new Set(rows.map((row) => row.pid)).size, 4);
});

test('a service without a name is called like its script', async (t) => {
  const { folder, run } = await room(t);
  await run("new DistributedLogger({ ...options, serviceName: '' }).info('m')");
  assert.match(readdirSync(join(folder, 'journal')).join(), /^program-0/);
});
