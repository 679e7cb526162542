/** What is done with what was found: the endless list, context, saved views, files; and what happens when a search does not go well. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { foundOf } from './found.mjs';
import { openStage, unique, until } from './stage.mjs';

const MARK = unique('many');
const TOTAL = 900;
let stage;
let page;
let found;

before(async () => {
  stage = await openStage({ acceptDownloads: true });
  page = stage.page;
  found = foundOf(stage);
  const start = Date.now() - 600_000;
  const records = Array.from({ length: TOTAL }, (_, at) => ({
    level: at % 100 === 99 ? 'ERROR' : 'INFO',
    message: `${MARK} line ${String(at).padStart(4, '0')}`,
    service: at % 2 === 0 ? `${MARK}-even` : `${MARK}-odd`,
    host: MARK,
    timestamp: new Date(start + at * 100).toISOString(),
  }));
  for (let at = 0; at < TOTAL; at += 300) await stage.log(records.slice(at, at + 300));
});
after(async () => {
  assert.deepEqual(stage.problems, []);
  await stage.close();
});

test('the list goes on to its end, no record twice, only what is seen in the document', async () => {
  await found.open(`q=${MARK}`);
  await found.counts(TOTAL);
  const seen = new Set();
  const list = page.locator('.found-list');
  await until(
    'the oldest',
    async () => {
      for (const text of await found.messages()) seen.add(text);
      assert.ok((await found.rows().count()) < 90);
      // The rows follow with the next frame; who scrolls on before has not seen them.
      await list.evaluate(async (box) => {
        box.scrollBy(0, box.clientHeight - 40);
        for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
      });
      return seen.size === TOTAL;
    },
    120_000,
  );
  const ids = await found.rows().evaluateAll((rows) => rows.map((row) => row.dataset.id));
  assert.equal(new Set(ids).size, ids.length);
  await until('the end', async () => /That is all/.test(await page.locator('.found-end').textContent()));
});

test('a new question begins at the top', async () => {
  await page.getByRole('radio', { name: 'Error+' }).check();
  await found.counts(9);
  await until('top', async () => (await page.locator('.found-list').evaluate((box) => box.scrollTop)) === 0);
});

test('context shows what came before and after, as it happened', async () => {
  await found.open(`q=${MARK}+0450`);
  await found.counts(1);
  await found.row('line 0450').click();
  await page.locator('.details').getByRole('link', { name: 'Context' }).click();
  await page.locator('.context').waitFor();
  await found.row('line 0451').waitFor();
  const lines = (await found.messages()).map((text) => Number(/line (\d+)/.exec(text)[1]));
  assert.deepEqual(
    lines,
    lines.toSorted((a, b) => a - b),
  );
  assert.ok(lines.includes(449) && lines.includes(451), lines.join());
  assert.match(await page.locator('.row.current').textContent(), /line 0450/);
  assert.match(await page.locator('.context-when').textContent(), /50 records before, 50 after/);
});

test('context follows the service, and further', async () => {
  await page.getByRole('radio', { name: 'Service', exact: true }).check();
  await until('only even ones', async () => {
    const lines = (await found.messages()).map((text) => Number(/line (\d+)/.exec(text)[1]));
    return lines.length > 5 && lines.every((line) => line % 2 === 0);
  });
  assert.equal(found.own().get('same'), 'service');
  await page.getByRole('button', { name: 'More before' }).click();
  await until('more', async () =>
    /225 records before, 50 after/.test(await page.locator('.context-when').textContent()),
  );
});

test('the way back leads to the same search', async () => {
  await page.getByRole('button', { name: 'Back to the search' }).click();
  await found.counts(1);
  assert.equal(found.own().get('q'), `${MARK} 0450`);
  assert.equal(await page.locator('.context').count(), 0);
});

test('a view is saved under a name, opened again, and replaced', async () => {
  await found.open(`q=${MARK}&level=error&from=3h&by=service`);
  await found.counts(9);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByLabel('Name of the view').fill(`${MARK} errors`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const item = page.locator('.views-menu .menu-item', { hasText: `${MARK} errors` });
  await item.waitFor();
  await page.keyboard.press('Escape');
  await found.open('from=5m');
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await item.click();
  await found.counts(9);
  assert.equal(found.own().get('by'), 'service');
  assert.match(await page.locator('.range-words').textContent(), /Last 3 hours/);
});

test('a name that is none is told', async () => {
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByLabel('Name of the view').fill('  ');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await until('told', async () => /needs a name/.test(await page.locator('.views-problem').textContent()));
  await page.keyboard.press('Escape');
});

test('the settings list the view; it is opened there, and deleted after a second press', async () => {
  await stage.open('#/settings');
  const line = page.locator('.view-list li', { hasText: `${MARK} errors` });
  await line.locator('a').click();
  await found.counts(9);
  await stage.open('#/settings');
  await line.getByRole('button').click();
  assert.match(await line.getByRole('button').textContent(), /for everybody/);
  await line.getByRole('button').click();
  await until('gone', async () => (await line.count()) === 0);
  const { views } = await stage.get('/api/views');
  assert.ok(views.every(({ name }) => name !== `${MARK} errors`));
});

for (const [format, holds] of [
  ['NDJSON', (text) => JSON.parse(text.split('\n')[0]).message.includes('line 0899')],
  ['CSV', (text) => text.includes('line 0000') && text.includes(',')],
  ['Text', (text) => text.includes(`${MARK} line 0123`)],
]) {
  test(`all matches are exported as ${format}, not only those on the page`, async () => {
    await found.open(`q=${MARK}`);
    await found.counts(TOTAL);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const link = page.locator('.export-menu a', { hasText: format });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const text = await readFile(await download.path(), 'utf8');
    const lines = text
      .trim()
      .split('\n')
      .filter((line) => line.includes(MARK)).length;
    assert.equal(lines, TOTAL);
    assert.ok(holds(text), text.slice(0, 300));
  });
}

/** Holds back the answer to the rows until `let` is called. */
async function heldBack() {
  let release = () => {};
  const waits = new Promise((done) => {
    release = done;
  });
  await page.route(/\/api\/logs\?/, async (route) => {
    await waits;
    await route.continue().catch(() => {});
  });
  return async () => {
    release();
    await page.unroute(/\/api\/logs\?/);
  };
}

test('a search that takes long is cancelled by its button, and begun again', async () => {
  await found.open(`q=${MARK}`);
  await found.counts(TOTAL);
  const release = await heldBack();
  const gone = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/logs?'));
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await gone;
  await until('said', async () => /Cancelled/.test(await found.summary().textContent()));
  assert.ok((await found.rows().count()) > 10, 'what was there stays');
  await release();
  await page.getByRole('button', { name: 'Search again' }).click();
  await found.counts(TOTAL);
});

test('Esc cancels too', async () => {
  const release = await heldBack();
  await page.locator('.found-list').focus();
  await page.keyboard.press('r');
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await page.keyboard.press('Escape');
  await until('said', async () => /Cancelled/.test(await found.summary().textContent()));
  await release();
});

test('a server that does not answer is told with what to do, and asked again', async () => {
  await page.route(/\/api\/logs\?/, (route) => route.abort());
  await page.getByRole('button', { name: 'Search again' }).click();
  await until('told', async () =>
    /does not answer/.test((await page.locator('.found-end').textContent()) ?? ''),
  );
  await page.unroute(/\/api\/logs\?/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await found.counts(TOTAL);
});

test('an answer that is not whole is marked', async () => {
  await page.route(/\/api\/logs\?/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), partial: true } });
  });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.locator('.search-summary .tag', { hasText: 'partial' }).waitFor();
  await page.unroute(/\/api\/logs\?/);
});

test('what the server had no time for is read when one says so', async () => {
  const before = await page.locator('.found-list .stream-whole').evaluate((box) => box.clientHeight);
  await page.getByRole('button', { name: 'Go on from here' }).click();
  await until('more rows', async () =>
    page.locator('.found-list .stream-whole').evaluate((box, height) => box.clientHeight > height, before),
  );
  await until('whole', async () => (await page.locator('.search-summary .tag').count()) === 0);
});

test('long lines are wrapped when asked, and the list stays whole', async () => {
  await page.getByRole('button', { name: 'Wrap long lines' }).click();
  await page.locator('.found-list.wrapped').waitFor();
  await until('rows', async () => (await found.rows().count()) > 10);
  await page.getByRole('button', { name: 'Wrap long lines' }).click();
});

test('times are told in UTC when asked, those of the picker too', async () => {
  await page.getByRole('button', { name: 'Times in UTC' }).click();
  await page.locator('.range-button').click();
  assert.match(await page.locator('.range-hint').textContent(), /Times are in UTC\./);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Times in UTC' }).click();
});
