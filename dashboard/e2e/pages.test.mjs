/** The other pages, the keys, the themes, and that nothing jumps while everything moves. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, unique, until } from './stage.mjs';

let stage;
let page;

before(async () => {
  stage = await openStage();
  page = stage.page;
  await stage.log([{ level: 'INFO', message: 'something to show', language: 'python', service: 'pages' }]);
});
after(async () => {
  await stage.close();
  assert.deepEqual(stage.problems, []);
});

test('clients are listed with their state, their queue and their losses', async () => {
  await stage.open('#/clients');
  await stage.live();
  // One becomes silent while it is looked at: the page says so with its next frame.
  await until('all clients, each as the server sees it', async () => {
    const { clients } = await stage.get('/api/clients');
    if ((await page.locator('.client').count()) !== clients.length) return false;
    const texts = await Promise.all(
      clients.map(({ stream }) => page.locator(`.client[data-stream="${stream}"]`).textContent()),
    );
    return clients.every(
      ({ presence, law }, at) =>
        texts[at].includes(presence) &&
        /stored [\d\u202f]+/.test(texts[at]) &&
        Object.keys(law.lost).every((reason) => texts[at].includes(reason)),
    );
  });
});

test('system shows what the server says of itself', async () => {
  await stage.open('#/system');
  await stage.live();
  await page.locator('.fact', { hasText: 'queue' }).first().waitFor();
  assert.match(await page.locator('main').textContent(), /Storage.*queue.*disk free/s);
  assert.match(await page.locator('.strip').textContent(), /stored.*rejected.*queue.*disk free.*viewers/s);
});

test('the keys move between pages and list themselves', async () => {
  await stage.open('#/system');
  await page.locator('main.system').waitFor();
  await page.keyboard.press('2');
  await page.locator('main.live').waitFor();
  await page.keyboard.press('1');
  await page.locator('main.overview').waitFor();
  await page.keyboard.press('?');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await until('closed', async () => (await page.locator('dialog[open]').count()) === 0);
  await page.keyboard.press('4');
  await page.locator('main.clients').waitFor();
  await page.keyboard.press('/');
  await until('filter has the focus', () => page.evaluate(() => document.activeElement?.id === 'filter'));
});

test('a theme is chosen, and remembered', async () => {
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await stage.open('#/overview');
  const button = page.getByRole('button', { name: /^Theme/ });
  await button.click();
  await button.click();
  await until('light', async () => (await ground()) === 'rgb(244, 245, 247)');
  await page.reload();
  await until('still light', async () => (await ground()) === 'rgb(244, 245, 247)');
  await button.click();
});

for (const hash of ['#/overview', '#/live']) {
  test(`nothing jumps on ${hash} while records and numbers come in`, async () => {
    await stage.open(hash);
    await stage.live();
    await page.locator('.row').first().waitFor();
    await page.evaluate(() => {
      window.shifts = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
      }).observe({ type: 'layout-shift' });
    });
    const service = unique('burst');
    for (let round = 0; round < 12; round += 1) {
      const level = round % 3 === 0 ? 'ERROR' : 'INFO';
      await stage.log(
        Array.from({ length: 150 }, () => ({ level, message: 'm', language: 'python', service })),
      );
      await page.evaluate(() => new Promise((done) => setTimeout(done, 250)));
    }
    const shifts = await page.evaluate(() => window.shifts);
    assert.ok(shifts < 0.02, `layout shift ${shifts}`);
  });
}

test('nothing is wider than a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const hash of ['#/overview', '#/live', '#/search', '#/clients', '#/system', '#/settings']) {
    await stage.open(hash);
    await page.locator('main').waitFor();
    // A canvas is as wide as its place one frame after the place has changed.
    let width;
    const fits = async () => {
      width = await page.evaluate(() => document.documentElement.scrollWidth);
      return width <= 390;
    };
    await until('the width of a phone', fits).catch(() => assert.fail(`${hash} is ${width} px wide`));
  }
});
