/** Text from strangers stays text, under the strictest policy; the page's own code breaks none of it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PAYLOADS } from './payloads.mjs';
import { openStage, unique, until } from './stage.mjs';

let stage;
const HOST = unique('host');

before(async () => {
  stage = await openStage();
});
after(async () => {
  assert.deepEqual(stage.problems, []);
  await stage.close();
});

/** Elements that only a payload could have made. */
const STRANGERS =
  '#root :is(script, iframe, object, embed, base, link, style, meta, video, math, form, template), #root img:not(.brand img)';

async function inert(where) {
  assert.equal(await stage.page.evaluate(() => window.__broken), undefined, `${where}: nothing ran`);
  assert.equal(await stage.page.locator(STRANGERS).count(), 0, `${where}: nothing was built`);
}

test('payloads in every field are shown as text', async () => {
  const { page } = stage;
  await stage.open(`#/live?q=host:${HOST}`);
  await stage.live();
  const records = PAYLOADS.map((text, at) => ({
    level: at % 2 === 0 ? 'ERROR' : 'INFO',
    message: text,
    host: HOST,
    language: at < 4 ? text : 'python',
    service: text,
    component: text,
    environment: text,
    logger: text,
    thread: text,
    event: at % 5 === 0 ? text : undefined,
    metadata: { [text]: text, nested: { [text]: [text] } },
    error: { type: text, message: text, stack: text },
  }));
  await stage.log(records);
  await until('all rows are there', async () => (await page.locator('.row').count()) >= PAYLOADS.length - 2);
  await inert('list');
  const shown = (await page.locator('.row-message').allTextContents()).join('\n');
  assert.ok(shown.includes('<script>window.__broken'), 'the text itself can be read');
  assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(shown), 'nothing reorders the line');
});

test('the details of every payload are inert', async () => {
  const { page } = stage;
  const rows = page.locator('.row');
  const total = await rows.count();
  await rows.first().click();
  for (let at = 0; at < total; at += 1) await page.keyboard.press('j');
  await page.locator('.details').waitFor();
  await inert('details');
});

test('so are the cards and the other pages', async () => {
  for (const hash of ['#/overview', '#/clients', '#/system']) {
    await stage.open(hash);
    await stage.live();
    await stage.page.locator('main').waitFor();
    await inert(hash);
  }
});

test('a filter of the address bar cannot be markup either', async () => {
  await stage.open(
    `#/live?language=${encodeURIComponent(PAYLOADS[4])}&service=${encodeURIComponent(PAYLOADS[1])}`,
  );
  await stage.live();
  await stage.page.locator('.chip').first().waitFor();
  await inert('chips');
});
