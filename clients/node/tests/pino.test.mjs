/** pino, as a stream in the program's thread and as a transport in pino's own. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pinoStream } from 'distributed-logs/pino';
import pino from 'pino';
import { room } from './room.mjs';

const TRANSPORT = new URL('../dist/pino.js', import.meta.url).pathname;

test('a stream keeps each record before pino returns', async (t) => {
  const { sink, open } = await room(t);
  const logger = open({ level: 'trace' });
  const log = pino({ level: 'trace', name: 'app' }, pinoStream(logger));
  const began = Date.now();
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal']) {
    log[level]({ user: { id: 7 }, trace_id: 'abc' }, 'hello %s', level);
  }
  assert.equal(logger.stats().accepted, 6);
  const rows = await sink.wait(6);
  assert.deepEqual(
    rows.map((row) => row.level),
    ['TRACE', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'],
  );
  assert.deepEqual(rows[2].metadata, { user: { id: 7 } });
  assert.deepEqual([rows[2].message, rows[2].logger, rows[2].trace_id], ['hello info', 'app', 'abc']);
  const ms = Number(rows[0].time_ns / 1_000_000n);
  assert.ok(ms >= began && ms <= Date.now());
});

test('errors, children, levels and times of every kind', async (t) => {
  const { sink, open } = await room(t);
  const to = pinoStream(open());
  const log = pino(
    { timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    to,
  );
  log.error(Object.assign(new TypeError('bad'), { code: 'E_BAD' }));
  log.child({ request: 1 }).warn({ err: 'a text' }, 'text');
  pino({ customLevels: { audit: 35 }, timestamp: false, base: null }, to).audit({ n: 1 }, 'kept');
  to.write('not JSON\n');
  to.write('\n');
  const rows = await sink.wait(4);
  assert.deepEqual([rows[0].error.type, rows[0].error.message, rows[0].message], ['TypeError', 'bad', 'bad']);
  assert.ok(rows[0].error.stack.includes('pino.test.mjs'));
  assert.deepEqual(rows[0].metadata, { error: { code: 'E_BAD' } });
  assert.deepEqual([rows[1].level, rows[1].metadata], ['WARNING', { err: 'a text', request: 1 }]);
  assert.deepEqual([rows[2].level, rows[2].metadata], ['INFO', { n: 1 }]);
  assert.equal(rows[3].message, 'not JSON');
});

test('other keys', async (t) => {
  const { sink, open } = await room(t);
  const keys = { messageKey: 'message', errorKey: 'error' };
  pino(keys, pinoStream(open(), keys)).error({ error: new Error('e') }, 'm');
  const [row] = await sink.wait(1);
  assert.deepEqual([row.message, row.error.message], ['m', 'e']);
});

for (const [how, end] of [
  ['the natural end', ''],
  ['process.exit', 'process.exit(0);'],
]) {
  test(`a transport delivers before ${how}`, async (t) => {
    const { sink, run } = await room(t);
    await run(`
      const pino = require(${JSON.stringify(new URL('../node_modules/pino', import.meta.url).pathname)});
      const transport = pino.transport({ target: ${JSON.stringify(TRANSPORT)}, options });
      const log = pino({ base: null }, transport);
      transport.on('ready', () => {
        // All of them find place in the first segment: nobody here could try again what pino's thread was refused.
        for (let n = 0; n < 500; n++) log.info({ n, text: 'ü'.repeat(n % 250) }, 'm');
        ${end}
      });
    `);
    const numbers = (await sink.wait(500)).map((row) => row.metadata.n);
    assert.deepEqual(numbers, [...Array(500).keys()]);
  });
}
