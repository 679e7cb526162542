/** What the tests share: a sink to log to, a logger that logs to it, a way to run a program with both. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DistributedLogger } from 'distributed-logs';
import { Sink } from './sink.mjs';

export const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PATIENCE_MS = 60_000;

for (const name of Object.keys(process.env)) {
  if (name.startsWith('DLOGS_')) {
    delete process.env[name];
  }
}

/** A sink, a directory and loggers of a test's own; all of it is gone when the test ends. */
export async function room(test) {
  const folder = mkdtempSync(join(tmpdir(), 'dlogs-node-'));
  const sink = await new Sink().open();
  const loggers = [];
  const options = {
    endpoint: sink.endpoint,
    serviceName: 'tests',
    journalDir: join(folder, 'journal'),
    batchIntervalMs: 20,
    retryInitialMs: 20,
    retryMaxMs: 50,
    // Many tests count what has arrived as soon as a logger is closed: no stall of the machine may end that sooner.
    shutdownTimeoutMs: 20_000,
    compression: 'none',
  };
  test.after(async () => {
    await Promise.all(loggers.map((logger) => logger.close(sink.mode === 'ok' ? 5000 : 0)));
    sink.close();
    rmSync(folder, { recursive: true });
  });
  return {
    sink,
    folder,
    options,
    open(more = {}) {
      const logger = new DistributedLogger({ ...options, ...more });
      loggers.push(logger);
      return logger;
    },
    /** Runs a program that finds `options` and the package's exports; it must be silent on stderr and end as told. */
    run(program, end = 0) {
      const file = join(folder, `program-${Math.random()}.js`);
      const head = `const options = ${JSON.stringify(options)};
        const { DistributedLogger, closeOnSignals, context } = require(${JSON.stringify(PACKAGE)});`;
      writeFileSync(file, `${head}\n${program}`);
      return runFile([file], {}, end);
    },
  };
}

/** Runs Node with these arguments; what it printed. `end`: the exit code, or the signal that ended it. */
export async function runFile(args, env = {}, end = 0) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, timeout: PATIENCE_MS });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      printed[name] += text;
    });
  }
  const ended = await new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  assert.deepEqual([ended, printed.stderr.includes('Error: on purpose') ? '' : printed.stderr], [end, '']);
  return printed.stdout;
}
