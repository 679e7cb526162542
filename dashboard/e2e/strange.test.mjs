/** Strange records on search, clients, system and settings: nothing runs, nothing reorders, nothing breaks, everything fits. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { foundOf } from './found.mjs';
import { findings, looksWell } from './look.mjs';
import { PAYLOADS } from './payloads.mjs';
import { openStage, unique, until } from './stage.mjs';

const HOST = unique('strange');
let stage;
let page;
let found;

/** Elements that only a payload could have made. */
const STRANGERS =
  '#root :is(script, iframe, object, embed, base, link, style, meta, video, math, template), #root img:not(.brand img)';

async function inert(where) {
  assert.equal(await page.evaluate(() => window.__broken), undefined, `${where}: nothing ran`);
  assert.equal(await page.locator(STRANGERS).count(), 0, `${where}: nothing was built`);
  const text = await page.locator('main').innerText();
  assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(text), `${where}: nothing reorders`);
}

before(async () => {
  stage = await openStage();
  page = stage.page;
  found = foundOf(stage);
  const payloads = PAYLOADS.map((text, at) => ({
    level: at % 3 === 0 ? 'ERROR' : 'INFO',
    message: text,
    host: HOST,
    language: at < 4 ? text : 'python',
    service: text,
    component: text,
    environment: text,
    logger: text,
    thread: text,
    metadata: { [text]: text, nested: { [text]: [text] }, payload: text },
    error: { type: text, message: text, stack: text },
  }));
  const services = Array.from({ length: 200 }, (_, at) => ({
    level: 'INFO',
    message: `of service ${at}`,
    host: HOST,
    service: `service-${at}-${'long'.repeat(at % 20)}`,
  }));
  const odd = [
    { message: '', host: HOST, service: '' },
    { message: '\u202egnp.exe \u2066bidi', host: HOST, service: '\u202ereversed' },
    { message: '\u0000\u0007\u001b[31mcontrol\r\n\tsecond line', host: HOST, service: '\u001b[2J' },
    { message: `long ${'x'.repeat(200_000)}`, host: HOST, service: 'y'.repeat(300) },
    { message: 'z\u0301'.repeat(500), host: HOST, service: '👩‍💻'.repeat(40) },
  ];
  await stage.log([...payloads, ...services, ...odd]);
});
after(async () => {
  assert.deepEqual(stage.problems, []);
  await stage.close();
});

test('rows, facets and numbers of the search are text', async () => {
  await found.open(`q=host:${HOST}&from=15m`);
  await until('all', async () => (await found.total()) >= 240);
  await page.locator('[data-facet=service] .facet-value').first().waitFor();
  await inert('search');
});

test('two hundred services are counted, the most of them beside the chart', async () => {
  await page.getByLabel('Field of the histogram').selectOption('service');
  await page.locator('.hits-legend button').first().waitFor();
  await until('others', async () => (await page.locator('.hits-legend li').count()) >= 5);
  await inert('histogram');
  await looksWell(page);
});

test('a facet whose value would run is chosen and written as a query that the server reads', async () => {
  await page.getByLabel('Field of the histogram').selectOption('level');
  const value = page.locator('[data-facet=service] .facet-value', { hasText: '<' }).first();
  await value.locator('.facet-include').click();
  await until('narrowed', async () => {
    const total = await found.total();
    return total !== null && total >= 1 && total < 20;
  });
  assert.equal(await page.locator('[data-part=filter-error]').count(), 0);
  await inert('facet');
});

test('the details and the context of a payload are text', async () => {
  await found.rows().first().click();
  await page.locator('.details').waitFor();
  await inert('details');
  await page.locator('.details').getByRole('link', { name: 'Context' }).click();
  await page.locator('.context .row').first().waitFor();
  await inert('context');
  await looksWell(page);
});

test('a service without a name, and texts of control characters, keep their lines', async () => {
  await found.open(`q=host:${HOST}+second+line&from=15m`);
  await found.counts(1);
  const text = await found.rows().first().textContent();
  assert.ok(text.includes('␀␇␛[31mcontrol'), text);
  const heights = await found.rows().evaluateAll((rows) => rows.map((row) => row.clientHeight));
  assert.ok(heights.every((height) => height === heights[0]));
});

test('the address itself cannot be markup', async () => {
  const evil = encodeURIComponent('"><img src=x onerror="window.__broken=1">');
  for (const query of [
    `q=host:${HOST}&from=${evil}&to=${evil}`,
    `by=${evil}`,
    `around=${evil}&same=${evil}`,
    `row=${evil}`,
    `service=${evil}&language=${evil}`,
  ]) {
    await found.open(query);
    await page.locator('.search-summary').waitFor();
    await inert(query);
  }
  await stage.open(`#/clients?find=${evil}&order=${evil}&presence=${evil}&client=${evil}`);
  await page.locator('main.clients').waitFor();
  await inert('clients');
});

test('a view whose name would run is listed as text, and can be deleted', async () => {
  const name = `<img src=x onerror="window.__broken=1"> ${HOST}`;
  await found.open(`q=host:${HOST}`);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByLabel('Name of the view').fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.views-menu .menu-item', { hasText: HOST }).waitFor();
  await inert('menu');
  await page.keyboard.press('Escape');
  await stage.open('#/settings');
  const line = page.locator('.view-list li', { hasText: HOST });
  await line.waitFor();
  await inert('settings');
  await line.getByRole('button').click();
  await line.getByRole('button').click();
  await until('gone', async () => (await line.count()) === 0);
});

/** An open panel lies over the rows, as it should; everything else is looked at. */
const aroundPanel = (complaint) => !complaint.includes('.row-');

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  test(`strange records fit at ${width} px, panels open and closed`, async () => {
    await page.setViewportSize({ width, height });
    await found.open(`q=host:${HOST}&from=15m&by=service`);
    await until('all', async () => (await found.total()) >= 240);
    await looksWell(page);
    await page.locator('.range-button').click();
    await page.locator('.range-panel').waitFor();
    await looksWell(page, aroundPanel);
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.locator('.export-menu').waitFor();
    await looksWell(page, aroundPanel);
    await page.keyboard.press('Escape');
    await stage.open('#/clients');
    await page.locator('main.clients').waitFor();
    await looksWell(page);
    await stage.open('#/settings');
    await page.locator('.retention').first().waitFor();
    await looksWell(page);
  });
}
