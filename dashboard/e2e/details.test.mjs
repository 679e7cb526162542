/** One record in full: its trace, its values as filters, its copies and its link. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, unique, until } from './stage.mjs';

let stage;
let page;
const RUN = unique('run');
const details = () => page.locator('.details');
const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
const STACK = `Traceback (most recent call last):
  File "/srv/app/checkout.py", line 148, in place
    row = await pool.fetchrow(QUERY)
  File "/usr/lib/python3.12/site-packages/asyncpg/pool.py", line 605, in fetchrow
    async with self.acquire() as con:
TimeoutError: too late`;

before(async () => {
  stage = await openStage();
  page = stage.page;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await stage.log([
    {
      level: 'ERROR',
      message: `checkout failed\nwith a second line`,
      language: 'python',
      service: 'orders',
      metadata: { run: RUN, order_id: 17, list: [1, 2], note: 'a b' },
      error: { type: 'TimeoutError', message: 'too late', stack: STACK },
    },
    { level: 'INFO', message: 'all is well', language: 'python', service: 'orders', metadata: { run: RUN } },
  ]);
  await stage.open(`#/live?q=run:${RUN}`);
  await stage.live();
  await page.locator('.row', { hasText: 'checkout failed' }).click();
  await details().waitFor();
});
after(async () => {
  await stage.close();
  assert.deepEqual(stage.problems, []);
});

test("one's own code stands out from that of packages", async () => {
  assert.match(await details().locator('.stack-frame').textContent(), /checkout\.py/);
  assert.match((await details().locator('.stack-foreign').allTextContents()).join(), /asyncpg/);
  const weight = (name) =>
    details()
      .locator(name)
      .first()
      .evaluate((line) => Number(getComputedStyle(line).fontWeight));
  assert.ok((await weight('.stack-frame')) > (await weight('.stack-foreign')));
});

test('the message keeps its lines', async () => {
  assert.match(await details().locator('.details-message').textContent(), /failed\nwith a second/);
});

test('the line is copied as people write it', async () => {
  await page.getByRole('button', { name: 'Copy line' }).click();
  await until('copied', async () => /ERROR python\/orders checkout failed/.test(await clipboard()));
});

test('the link opens the same record for whoever gets it', async () => {
  await page.getByRole('button', { name: 'Copy link' }).click();
  await until('copied', async () => /#\/search\?row=/.test(await clipboard()));
  const link = await clipboard();
  const back = page.url();
  await page.goto(link);
  await details().waitFor();
  assert.match(await details().textContent(), /checkout failed.*TimeoutError/s);
  await page.goto(back);
  await stage.live();
  await page.locator('.row', { hasText: 'checkout failed' }).click();
});

test('its context is one click away', async () => {
  await details().getByRole('link', { name: 'Context' }).click();
  await until('in the search', () => /#\/search\?.*around=/.test(page.url()));
  await page.locator('.row', { hasText: 'all is well' }).first().waitFor();
  await page.goBack();
  await stage.live();
});

test('a value becomes a filter, or an exception from it', async () => {
  await page.locator('.row', { hasText: 'checkout failed' }).click();
  await details().getByRole('button', { name: 'Only order_id 17' }).click();
  await until('in the address', () => decodeURIComponent(page.url()).includes('order_id:17'));
  await until('one row', async () => (await page.locator('.row').count()) === 1);
  await page.fill('#filter', `run:${RUN}`);
  await page.keyboard.press('Enter');
  await until('two rows', async () => (await page.locator('.row').count()) === 2);
  await page.locator('.row', { hasText: 'checkout failed' }).click();
  await details().getByRole('button', { name: 'Without order_id 17' }).click();
  await until(
    'the other row',
    async () => (await page.locator('.row-message').allTextContents()).join() === 'all is well',
  );
});
