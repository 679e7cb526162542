/** The connection: its loss is said, it comes back by itself, and what was missed is read from the store. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, unique, until } from './stage.mjs';

let stage;
const LANGUAGE = unique('forth');
const record = (message) => ({ level: 'INFO', message, language: LANGUAGE, service: 's' });

before(async () => {
  stage = await openStage();
});
after(async () => {
  await stage.close();
  assert.deepEqual(stage.problems, []);
});

test('a lost connection is told, mended, and its gap is filled once', async () => {
  const { page } = stage;
  await stage.open(`#/live?language=${LANGUAGE}`);
  await stage.live();
  await stage.log([record('before')]);
  await page.locator('.row', { hasText: 'before' }).waitFor();

  stage.relay.cut();
  await page.locator('[data-part=notice]', { hasText: 'Connection lost' }).waitFor();
  await page.locator('.row-gap').waitFor();
  await stage.log([record('during 1'), record('during 2')]);
  stage.relay.mend();

  await until('live again', async () => (await page.locator('.link-live').count()) === 1, 30_000);
  const gap = page.locator('.row-gap');
  await gap
    .filter({ hasText: '2 records read back' })
    .waitFor()
    .catch(async () => assert.fail(`the gap says: ${await gap.allTextContents()}`));
  await stage.log([record('after')]);
  await page.locator('.row', { hasText: 'after' }).waitFor();
  assert.deepEqual(await page.locator('.row-message').allTextContents(), [
    'before',
    'during 1',
    'during 2',
    'after',
  ]);
  assert.equal(await page.locator('[data-part=notice]', { hasText: 'Connection lost' }).count(), 0);
});

test('try now does not wait for the backoff', async () => {
  const { page } = stage;
  stage.relay.cut();
  // So far away that the page does not come back by itself in the moment between the mending and the press.
  await page
    .locator('[data-part=notice]', { hasText: /Next try in ([4-9]|1\d) s/ })
    .waitFor({ timeout: 60_000 });
  stage.relay.mend();
  await page.getByRole('button', { name: 'Try now' }).click();
  await stage.live();
});
