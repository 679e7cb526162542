/** Too much of everything: a line of ten megabytes, long names, many fields, deep values. The page stays quick and whole. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, unique, until } from './stage.mjs';

let stage;
let page;
const MEGABYTES = 10;

before(async () => {
  // No real server takes such a line; the page must bear it all the same.
  stage = await openStage({ fakeOnly: { FAKE_RATE: '0' } });
  page = stage.page;
  await stage.log([{ level: 'INFO', message: 'first', language: 'python', service: 's' }]);
  await stage.open('#/live');
  await stage.live();
});
after(async () => {
  await stage.close();
  assert.deepEqual(stage.problems, []);
});

test('a line of ten megabytes is one line among others', async () => {
  const needle = unique('huge');
  await stage.log([
    { level: 'ERROR', message: `${needle} ${'x'.repeat(MEGABYTES << 20)}`, language: 'python', service: 's' },
    { level: 'INFO', message: 'after it', language: 'python', service: 's' },
  ]);
  await page.locator('.row', { hasText: 'after it' }).waitFor({ timeout: 30_000 });
  const row = page.locator('.row', { hasText: needle });
  const length = await row.locator('.row-message').evaluate((cell) => cell.textContent.length);
  assert.ok(length <= 2001, `${length} characters`);
  await row.click();
  const message = page.locator('.details-message');
  await message.waitFor();
  const shown = await message.evaluate((cell) => cell.textContent.length);
  assert.ok(shown < 70_000, `${shown} characters before somebody asks for all`);
  assert.match(await message.textContent(), /Show all 10\.0/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});

test('and the page answers at once afterwards', async () => {
  const took = await page.evaluate(async () => {
    const began = performance.now();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - began;
  });
  assert.ok(took < 2000, `${took} ms for two frames`);
});

test('a thousand fields, long names and deep values are shown in the details', async () => {
  const fields = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [`field_${at}_${'n'.repeat(60)}`, at]),
  );
  let deep = { end: true };
  for (let level = 0; level < 50; level += 1) deep = { deep };
  await stage.log([
    {
      level: 'INFO',
      message: 'many fields',
      language: 'x'.repeat(300),
      service: 'y'.repeat(300),
      metadata: { ...fields, deep },
    },
  ]);
  const row = page.locator('.row', { hasText: 'many fields' });
  await row.waitFor();
  assert.equal(await row.evaluate((line) => line.clientHeight), 22);
  await row.click();
  await until('all fields', async () => (await page.locator('.details .fields dt').count()) > 1000);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

test('one row is as wide as the page whatever it holds', async () => {
  const list = page.locator('.stream-list');
  assert.ok(await list.evaluate((box) => box.scrollWidth <= box.clientWidth));
});
