/** The public surface is pinned in approved_api.txt: a change there is a decision, seen in review. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { closeOnSignals, context, DistributedLogger, version } from 'distributed-logs';
import * as esmPino from 'distributed-logs/pino';
import * as esmWinston from 'distributed-logs/winston';
import { PACKAGE } from './room.mjs';

const require = createRequire(import.meta.url);
const APPROVED = join(PACKAGE, 'tests/approved_api.txt');
const DECLARATIONS = [
  'index',
  'logger',
  'generated/options',
  'level',
  'generated/levels',
  'events',
  'stats',
  'generated/states',
  'generated/losses',
  'engine',
  'context',
  'signals',
  'pino',
  'winston',
];

/** Declarations without what explains them, and without what is private. */
function surface() {
  return DECLARATIONS.map((name) => {
    const text = readFileSync(join(PACKAGE, `dist/${name}.d.ts`), 'utf8');
    const lines = text.replace(/\/\*\*.*?\*\//gs, '').split('\n');
    return [`== ${name}`, ...lines.filter((line) => line.trim() !== '' && !/^import |^ +private /.test(line)), ''].join(
      '\n',
    );
  }).join('\n');
}

test('the surface is as approved', () => {
  const now = surface();
  if (!existsSync(APPROVED)) {
    writeFileSync(APPROVED, now);
  }
  assert.equal(now, readFileSync(APPROVED, 'utf8'), 'if this is meant, delete approved_api.txt and run the test again');
});

test('import and require give the same', () => {
  assert.deepEqual({ ...require('distributed-logs') }, { DistributedLogger, closeOnSignals, context, version });
  assert.equal(esmPino.pinoStream, require('distributed-logs/pino').pinoStream);
  assert.equal(esmWinston.WinstonTransport, require('distributed-logs/winston').WinstonTransport);
});

test("the version is the package's", () => {
  assert.equal(version, require('distributed-logs/package.json').version);
});

test('every file says what it does', () => {
  for (const name of readdirSync(join(PACKAGE, 'lib')).filter((name) => name.endsWith('.ts'))) {
    assert.match(readFileSync(join(PACKAGE, 'lib', name), 'utf8'), /^\/\*\*/, name);
  }
});

test('the package holds what it needs and nothing else', () => {
  const { files, dependencies } = require('distributed-logs/package.json');
  assert.deepEqual([files, dependencies], [['dist', 'README.md'], undefined]);
});
