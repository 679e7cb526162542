/** The keyboard and those who cannot see: the palette, the order of the focus, names, and that nothing is animated. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, unique, until } from './stage.mjs';

let stage;
let page;
const SERVICE = unique('signal');
const palette = () => page.locator('dialog.palette[open]');
const lines = () => page.locator('.palette-line');
const type = async (text) => {
  await page.keyboard.press('Control+k');
  await palette().waitFor();
  await page.keyboard.type(text);
};

before(async () => {
  stage = await openStage();
  page = stage.page;
  await stage.log([{ level: 'INFO', message: 'hello', language: 'python', service: SERVICE }]);
  await stage.open('#/overview');
  await stage.live();
  await until('the page knows the service', async () =>
    JSON.stringify((await stage.get('/api/stats')).seconds).includes(SERVICE),
  );
  await page.reload();
  await stage.live();
});
after(async () => {
  await stage.close();
  assert.deepEqual(stage.problems, []);
});

test('the palette finds a page by a part of its name', async () => {
  await type('sys');
  await until('found', async () => /System/.test(await lines().first().textContent()));
  await page.keyboard.press('Enter');
  await page.locator('main.system').waitFor();
  assert.equal(await palette().count(), 0);
});

test('it shows only one service, from a page that shows none', async () => {
  await type(SERVICE);
  await until('found', async () => (await lines().count()) === 1);
  await page.keyboard.press('Enter');
  await page.locator('main.live').waitFor();
  await page.locator('.chip', { hasText: SERVICE }).waitFor();
});

test('and one language, and all again', async () => {
  await type('language python');
  await page.keyboard.press('Enter');
  await page.locator('.chip', { hasText: 'Python' }).waitFor();
  await type('clear filter');
  await page.keyboard.press('Enter');
  await until('no chip', async () => (await page.locator('.chip').count()) === 0);
});

test('it changes the theme, and arrows go round its list', async () => {
  await type('theme');
  await until('three', async () => (await lines().count()) === 3);
  await page.keyboard.press('ArrowUp');
  assert.equal(await lines().last().getAttribute('aria-selected'), 'true');
  assert.match(await lines().last().textContent(), /Light/);
  await page.keyboard.press('Enter');
  await until('light', () => page.evaluate(() => document.documentElement.dataset.theme === 'light'));
  await type('theme system');
  await page.keyboard.press('Enter');
});

test('escape puts it away and gives the focus back', async () => {
  await page.locator('.stream-list').focus();
  await type('x');
  await page.keyboard.press('Escape');
  await until('gone', async () => (await palette().count()) === 0);
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'stream-list');
});

test('it says so when nothing is called so', async () => {
  await type('no such thing at all');
  await palette().getByText('Nothing is called so.').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
});

test('a saved view is found by its name', async () => {
  const name = unique('late errors');
  const query = `q=${encodeURIComponent(SERVICE)}&from=3h`;
  const answer = await page.evaluate(
    async ([view, body]) =>
      (
        await fetch(`/api/views/${encodeURIComponent(view)}`, {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ query: body }),
        })
      ).status,
    [name, query],
  );
  assert.equal(answer, 200);
  await type(name);
  await until('found', async () => (await lines().count()) === 1);
  await page.keyboard.press('Enter');
  await page.locator('main.search').waitFor();
  assert.ok(page.url().includes('from=3h'), page.url());
});

test('arrows walk the rows, and other pages keep these keys for themselves', async () => {
  await stage.open('#/live');
  await stage.live();
  await page.locator('.row').first().waitFor();
  await page.locator('.stream-list').focus();
  await page.keyboard.press('ArrowUp');
  await until('a row is chosen', async () => (await page.locator('.row.current').count()) === 1);
  await page.keyboard.press('Escape');
  await until('none', async () => (await page.locator('.row.current').count()) === 0);
  await stage.open('#/settings');
  await page.keyboard.press('j');
  await page.keyboard.press(' ');
  await stage.open('#/live');
  assert.equal(await page.locator('[data-part=jump]').count(), 0, 'nothing was paused');
});

test('the focus goes from the header to the filter, the tools, and the rows', async () => {
  await stage.open('#/live');
  await stage.live();
  await page.reload();
  await stage.live();
  const order = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute('aria-label') ?? at?.textContent ?? '';
    });
    order.push(name.trim());
    if (name === 'Records') break;
  }
  const wanted = [
    'Overview',
    'Settings',
    'Commands, Ctrl K',
    'Filter records',
    'Pause',
    'Wrap long lines',
    'Records',
  ];
  const places = wanted.map((name) => order.indexOf(name));
  assert.ok(!places.includes(-1), `${wanted} in ${order}`);
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
    order.join(' | '),
  );
});

test('every control has a name', async () => {
  for (const hash of ['#/overview', '#/live']) {
    await stage.open(hash);
    await stage.live();
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('button, a, input, select')]
        .filter((control) => {
          const label = control.getAttribute('aria-label') ?? control.textContent ?? '';
          return label.trim() === '' && !control.labels?.length;
        })
        .map((control) => control.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(nameless, []);
  }
});

test('nothing on the page is animated, for anybody', async () => {
  await stage.open('#/overview');
  await stage.live();
  assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
});

test('the query language is explained beside the keys', async () => {
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press('?');
  const help = page.locator('dialog.help[open]');
  await help.waitFor();
  assert.match(await help.textContent(), /Ctrl.*K.*service:pay\*/s);
  await page.keyboard.press('Escape');
});
