/** The origin document's usage example runs as it stands, and so do the quick start and the demo. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE, ROOT, room, runFile } from './room.mjs';

const SEED = join(ROOT, 'examples/seed/node_example.js');
const ENDPOINT = 'http://localhost:5000/api/logs';

/** Where it is counted what has arrived: no stall of the machine may end a program's sending sooner. */
const COUNTED = { DLOGS_COMPRESSION: 'none', DLOGS_SHUTDOWN_TIMEOUT_MS: '20000' };

/** Runs an example as it stands; only the address is the test's, because port 5000 may be somebody's. */
function runSeed(endpoint, env) {
  const text = readFileSync(SEED, 'utf8');
  assert.equal(text.split(ENDPOINT).length, 2);
  const program = text.replace(ENDPOINT, endpoint).replace('./nodejs-lib', join(ROOT, 'examples/seed/nodejs-lib'));
  return runFile(['-e', program], env);
}

test("the document's example", async (t) => {
  const { sink, folder } = await room(t);
  const printed = await runSeed(sink.endpoint, { ...COUNTED, DLOGS_JOURNAL_DIR: folder });
  assert.equal(printed, '');
  const rows = await sink.wait(2);
  assert.deepEqual(
    rows.map((row) => [row.level, row.message, row.metadata]),
    [
      ['INFO', 'Request processed', { path: '/api/users', method: 'GET', response_time: 45 }],
      ['WARNING', 'Rate limit approaching', { current_rate: 950, limit: 1000 }],
    ],
  );
  const { client } = sink.headers[0];
  assert.deepEqual([client.service, client.component], ['my-application', 'api-gateway']);
});

test("the document's example without a server ends well", async (t) => {
  const { folder } = await room(t);
  assert.equal(await runSeed('http://127.0.0.1:9/api/logs', { DLOGS_JOURNAL_DIR: folder }), '');
});

test('the quick start', async (t) => {
  const { sink, folder } = await room(t);
  const file = join(ROOT, 'examples/node/quickstart.js');
  assert.ok(readFileSync(file, 'utf8').split('\n').length <= 31);
  const env = { ...COUNTED, DLOGS_JOURNAL_DIR: folder, DLOGS_ENDPOINT: sink.endpoint };
  assert.equal(await runFile([file], env), '0 records wait for a server, safe in the journal\n');
  const rows = await sink.wait(5);
  assert.deepEqual(rows[2].metadata, { request_id: 'r-7f3a', path: '/api/users', response_time_ms: 45 });
  assert.equal(rows[4].error.type, 'TypeError');
});

for (const [argument, named] of [
  ['--records', false],
  ['--check', true],
]) {
  test(`the demo with ${argument}`, async (t) => {
    const { sink, folder } = await room(t);
    const env = { ...COUNTED, DLOGS_JOURNAL_DIR: folder };
    const given = ['--endpoint', sink.endpoint, argument, '200', '--prefix', 'p'];
    const printed = await runFile([join(PACKAGE, 'dist/demo.js'), ...given], env);
    assert.equal(printed, named ? 'accepted 200\n' : '');
    const expected = Array.from({ length: 200 }, (_, n) => `p-${n + 1}`);
    assert.deepEqual(
      Array.from(sink.rows.values(), (row) => row.metadata.demo_id),
      expected,
    );
    assert.equal(sink.messages.join() === expected.join(), named);
  });
}
