/** What a first visit costs on the wire. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const MOST_BYTES = 150 * 1024;

test('the first load is at most 150 KB, compressed', async () => {
  const names = await readdir(DIST, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  assert.ok(files.length >= 3, 'npm run build comes first');
  let sum = 0;
  for (const file of files) sum += gzipSync(await readFile(`${file.parentPath}/${file.name}`)).length;
  assert.ok(sum <= MOST_BYTES, `${sum} bytes`);
});
