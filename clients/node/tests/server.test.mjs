/** Against the real server, `dlogs serve`: what is acknowledged is found again, through a kill as well. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, room } from './room.mjs';
import { until } from './until.mjs';

const DLOGS = [process.env.DLOGS_BIN ?? '', join(ROOT, 'target/release/dlogs')].find((file) => existsSync(file));
const skip = DLOGS === undefined && 'the binary dlogs is not built (cargo build --release -p dlogs-cli)';

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server that can be killed and started again. */
async function serve(t, folder) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  let child;
  const server = {
    base,
    async start() {
      child = spawn(DLOGS, ['serve', '--data', join(folder, 'data'), '--port', String(port)], { stdio: 'ignore' });
      let ready = false;
      await until(() => {
        fetch(`${base}/health/ready`).then(
          (answer) => (ready ||= answer.ok),
          () => {},
        );
        return ready;
      });
    },
    async stop(signal = 'SIGTERM') {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
    },
    async rows(query) {
      return (await (await fetch(`${base}/api/logs?limit=1000&${query}`)).json()).rows;
    },
  };
  await server.start();
  t.after(() => server.stop());
  return server;
}

test('records are found again', { skip }, async (t) => {
  const { folder, open } = await room(t);
  const server = await serve(t, folder);
  const logger = open({ endpoint: `${server.base}/api/logs`, serviceName: 'js', compression: 'zstd' });
  logger.info('hello', { user_id: 7, big: 2n ** 63n });
  logger.error('failed', new TypeError('v'));
  assert.equal(await logger.flush(10_000), 0);
  const [failed, hello] = await server.rows('service=js');
  assert.deepEqual([hello.message, hello.level, hello.language, hello.metadata.user_id], ['hello', 'INFO', 'node', 7]);
  assert.deepEqual([failed.error.type, failed.error.message], ['TypeError', 'v']);
  assert.ok(hello.id.includes(logger.stream));
});

test('a killed server loses and doubles nothing', { skip }, async (t) => {
  const { folder, open } = await room(t);
  const server = await serve(t, folder);
  const logger = open({
    endpoint: `${server.base}/api/logs`,
    serviceName: 'kill',
    batchIntervalMs: 5,
    retryInitialMs: 10,
  });
  for (let n = 0; n < 500; n++) {
    assert.equal(logger.info(`m ${n}`), true);
    if (n === 200 || n === 400) {
      await server.stop('SIGKILL');
      await server.start();
    }
  }
  assert.equal(await logger.flush(20_000), 0);
  const messages = (await server.rows('service=kill')).map((row) => row.message);
  assert.deepEqual(messages.sort(), Array.from({ length: 500 }, (_, n) => `m ${n}`).sort());
});
