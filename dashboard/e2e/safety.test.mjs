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
  await stage.close();
  assert.deepEqual(stage.problems, []);
});

/** Elements that only a payload could have made. */
const STRANGERS =
  '#root :is(script, iframe, object, embed, base, link, style, meta, video, math, form:not([class]), template), #root img:not(.brand img)';

async function inert(where) {
  assert.equal(await stage.page.evaluate(() => window.__broken), undefined, `${where}: nothing ran`);
  assert.equal(await stage.page.locator(STRANGERS).count(), 0, `${where}: nothing was built`);
}

const record = (text, at) => ({
  level: at % 2 === 0 ? 'ERROR' : 'INFO',
  message: text,
  host: HOST,
  language: at < 12 ? text : 'python',
  service: text,
  component: text,
  environment: text,
  logger: text,
  thread: text,
  trace_id: text,
  event: at % 5 === 0 ? text : undefined,
  metadata: { [text]: text, nested: { [text]: [text] } },
  error: { type: text, message: text, stack: text },
});
const rowsHigh = () =>
  stage.page.locator('.stream-whole').evaluate((whole) => Math.round(whole.clientHeight / 22));

test('three hundred payloads in every field are shown as text', async () => {
  const { page } = stage;
  assert.ok(PAYLOADS.length >= 300, `${PAYLOADS.length} payloads`);
  const chosen = PAYLOADS.slice(0, 300);
  for (let at = 0; at < chosen.length; at += 50) {
    await stage.log(chosen.slice(at, at + 50).map((text, place) => record(text, at + place)));
  }
  await stage.open(`#/live?q=host:${HOST}`);
  await stage.live();
  await until('all rows are there', async () => (await rowsHigh()) === 300);
  await inert('list');
  const shown = (await page.locator('.row-message').allTextContents()).join('\n');
  assert.ok(shown.includes('window.__broken'), 'the text itself can be read');
  assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(shown), 'nothing reorders the line');
  assert.ok(!/\p{Cc}/u.test(shown.replaceAll('\n', '')), 'nothing controls');
});

test('the details of every one of them are inert', async () => {
  const { page } = stage;
  await page.locator('.row').last().click();
  await page.locator('.details').waitFor();
  const seen = new Set();
  for (let at = 0; at < 300; at += 1) {
    seen.add(await page.locator('.details-message').textContent());
    await page.keyboard.press('k');
  }
  assert.ok(seen.size > 250, `${seen.size} different records were opened`);
  await inert('details');
  const text = await page.locator('.details').textContent();
  assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(text), 'nothing reorders the details');
});

test('their facets filter by them, and are inert', async () => {
  const { page } = stage;
  await page.keyboard.press('Escape');
  const value = page.locator('[data-facet=language] .facet-include', { hasText: 'script' }).first();
  await value.waitFor({ timeout: 15_000 });
  await value.click();
  await until('one row', async () => (await page.locator('.row').count()) === 1);
  await inert('facets');
});

test("a client that is called so is inert on every page, and so are the palette and the server's own samples", async () => {
  const { page } = stage;
  const text = PAYLOADS[4];
  if (!stage.isFake) {
    const about = { language: text, service: text, component: text, host: text, environment: text };
    await stage.heartbeat({
      ...about,
      pid: 1,
      state: 'failed',
      sdk_version: text,
      runtime_version: text,
      statistics: { last_error: text, lost: { [text]: 3 }, refused: { [text]: 2 } },
    });
    await stage.log([{ message: text, timestamp: '1971-01-01T00:00:00Z', service: text }]).catch(() => {});
  }
  for (const hash of ['#/overview', '#/search?from=1h', '#/clients', '#/system', '#/settings']) {
    await stage.open(hash);
    await stage.live();
    await page.locator('main').waitFor();
    await until('some text', async () => (await page.locator('main').textContent()).length > 20);
    await inert(hash);
  }
  await page.keyboard.press('Control+k');
  await page.locator('.palette-line').first().waitFor();
  await inert('palette');
  await page.keyboard.press('Escape');
});

test('the policy allows no unsafe word, and asks for Trusted Types', async () => {
  const policy = await stage.policy();
  assert.ok(!/unsafe-|\*/.test(policy), policy);
  for (const part of ["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"]) {
    assert.ok(policy.includes(part), `${part} in ${policy}`);
  }
});

test('markup from a string is refused by the browser itself', async () => {
  const refused = await stage.page.evaluate(() => {
    try {
      document.createElement('div').innerHTML = '<b>x</b>';
      return false;
    } catch {
      return true;
    }
  });
  assert.ok(refused);
  stage.problems.length = 0;
});

test('a filter of the address bar cannot be markup either', async () => {
  await stage.open(
    `#/live?language=${encodeURIComponent(PAYLOADS[4])}&service=${encodeURIComponent(PAYLOADS[1])}`,
  );
  await stage.live();
  await stage.page.locator('.chip').first().waitFor();
  await inert('chips');
});
