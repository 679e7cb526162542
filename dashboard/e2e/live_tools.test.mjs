/** What stands around the live rows: suggestions, facets, the last five minutes, how rows look, what was held back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, unique, until } from './stage.mjs';

let stage;
let page;
const RUN = unique('run');
const LANGUAGE = unique('algol');
const rows = () => page.locator('.row-message');
const filter = () => page.locator('#filter');
const options = () => page.locator('.suggestions [role=option]');
const facet = (field, value) =>
  page.locator(`[data-facet="${field}"] .facet-value`, { has: page.getByText(value, { exact: true }) });
const q = () => new URLSearchParams(page.url().split('?')[1] ?? '').get('q') ?? '';
const only = `run:${RUN}`;

const record = (message, more = {}) => ({
  level: 'INFO',
  message,
  language: LANGUAGE,
  service: 'blue shop',
  metadata: { run: RUN, region: 'north', ...more.metadata },
  ...more,
});

before(async () => {
  stage = await openStage();
  page = stage.page;
  await stage.log([
    record('one'),
    record('two', { service: 'green' }),
    record('three', { service: 'green', level: 'ERROR' }),
    record('four', { service: 'red', level: 'WARNING', metadata: { run: RUN, region: 'south pole' } }),
  ]);
  await stage.open(`#/live?q=${only}`);
  await stage.live();
  await until('four rows', async () => (await rows().count()) === 4);
});
after(async () => {
  await stage.close();
  assert.deepEqual(stage.problems, []);
});

test('names of fields are suggested, and the keyboard alone takes one', async () => {
  await filter().click();
  await page.keyboard.press('End');
  await page.keyboard.type(' serv');
  await until('service is suggested', async () =>
    (await options().allTextContents()).some((text) => text.startsWith('service')),
  );
  assert.equal(await filter().getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('ArrowDown');
  const active = await filter().getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`[id="${active}"]`).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('Enter');
  assert.match(await filter().inputValue(), / service:$/);
});

test('then its values with their counts, quoted where they must be', async () => {
  const shop = options().filter({ hasText: 'blue shop' });
  await shop.waitFor();
  await page.keyboard.type('bl');
  await until('narrowed', async () => (await options().count()) === 1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await until('one row', async () => (await rows().allTextContents()).join() === 'one');
  assert.equal(q(), `${only} service:"blue shop"`);
});

test('escape closes the suggestions first, and the filter keeps what was typed', async () => {
  await filter().fill(`${only} le`);
  await options().first().waitFor();
  await page.keyboard.press('Escape');
  await until('closed', async () => (await filter().getAttribute('aria-expanded')) === 'false');
  assert.equal(await filter().inputValue(), `${only} le`);
  await filter().fill(only);
  await page.keyboard.press('Enter');
  await until('four again', async () => (await rows().count()) === 4);
});

test('nothing is suggested inside of a phrase', async () => {
  await filter().fill('"serv');
  await page.evaluate(() => new Promise((done) => setTimeout(done, 400)));
  assert.equal(await options().count(), 0);
  await filter().fill(only);
  await page.keyboard.press('Enter');
});

test('facets count what the store counts', async () => {
  await facet('service', 'green').waitFor();
  assert.match(await facet('service', 'green').textContent(), /green\s*2/);
  assert.match(await facet('service', 'red').textContent(), /red\s*1/);
  const levels = await page.locator('[data-facet=level] .facet-value').allTextContents();
  assert.deepEqual(
    levels.map((text) => text.replace(/[^A-Z]/g, '')),
    ['ERROR', 'WARN', 'INFO'],
  );
});

test('a click includes a value, a second one takes it away', async () => {
  await facet('service', 'green').locator('.facet-include').click();
  await until('two rows', async () => (await rows().allTextContents()).join() === 'two,three');
  assert.equal(q(), `${only} service:green`);
  await until(
    'marked',
    async () =>
      (await facet('service', 'green').locator('.facet-include').getAttribute('aria-pressed')) === 'true',
  );
  await facet('service', 'green').locator('.facet-include').click();
  await until('four rows', async () => (await rows().count()) === 4);
});

test('the second button excludes, and so does a click with alt', async () => {
  await facet('service', 'green').waitFor();
  await facet('service', 'green').hover();
  await facet('service', 'green').locator('.facet-exclude').click();
  await until('without green', async () => (await rows().allTextContents()).join() === 'one,four');
  assert.equal(q(), `${only} -service:green`);
  await filter().fill(only);
  await page.keyboard.press('Enter');
  await until('four rows', async () => (await rows().count()) === 4);
  await facet('service', 'red').waitFor();
  await facet('service', 'red')
    .locator('.facet-include')
    .click({ modifiers: ['Alt'] });
  await until('without red', async () => (await rows().count()) === 3);
  await filter().fill(only);
  await page.keyboard.press('Enter');
  await until('four rows', async () => (await rows().count()) === 4);
});

test("a program's own fields wait folded, and filter too", async () => {
  const region = page.locator('[data-facet=region]');
  await region.waitFor();
  await region.locator('summary').click();
  await facet('region', 'south pole').locator('.facet-include').click();
  await until('one row', async () => (await rows().allTextContents()).join() === 'four');
  assert.equal(q(), `${only} region:"south pole"`);
  await filter().fill(only);
  await page.keyboard.press('Enter');
  await until('four rows', async () => (await rows().count()) === 4);
});

test('fields can be put away, and stay away', async () => {
  await page.getByRole('button', { name: 'Fields and values' }).click();
  await until('gone', async () => (await page.locator('.live-facets').count()) === 0);
  await page.reload();
  await stage.live();
  assert.equal(await page.locator('.live-facets').count(), 0);
  await page.getByRole('button', { name: 'Fields and values' }).click();
  await page.locator('.live-facets').waitFor();
});

test('the last five minutes are counted by level, and go on counting', async () => {
  const plot = page.locator('[data-part=recent] .histogram-plot');
  const said = async () => Number(/: ([\d\u202f]+) records?/.exec(await plot.getAttribute('aria-label'))[1]);
  await until('four records', async () => (await said()) === 4);
  await stage.log([record('five', { level: 'ERROR' })]);
  await until('five records', async () => (await said()) === 5);
});

test('a stretch dragged out of the chart is opened in the search', async () => {
  const plot = page.locator('[data-part=recent] .histogram-plot');
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + 12, { steps: 4 });
  await page.locator('.histogram-chosen').waitFor();
  await page.mouse.up();
  await until('in the search', () => /#\/search\?/.test(page.url()));
  const params = new URLSearchParams(page.url().split('?')[1]);
  const span = Date.parse(params.get('to')) - Date.parse(params.get('from'));
  assert.ok(span > 80_000 && span < 100_000, `${span} ms`);
  assert.equal(params.get('q'), only);
  await page.goBack();
  await stage.live();
});

test('lines wrap, are dense or roomy, and their times are exact: chosen once, remembered', async () => {
  await stage.log([record(`long ${'word '.repeat(120)}`)]);
  const long = page.locator('.row', { hasText: 'long word' });
  await long.waitFor();
  const height = () => long.evaluate((row) => row.clientHeight);
  assert.equal(await height(), 22);
  await page.getByRole('button', { name: 'Roomy lines' }).click();
  await until('roomy', async () => (await height()) === 28);
  await page.getByRole('button', { name: 'Wrap long lines' }).click();
  await until('wrapped', async () => (await height()) > 50);
  await page.getByRole('button', { name: 'Times to the nanosecond, ns' }).click();
  await until('nanoseconds', async () =>
    /\.\d{3}\u202f\d{3}\u202f\d{3}$/.test(await long.locator('.row-time').textContent()),
  );
  await page.reload();
  await stage.live();
  await long.waitFor();
  await until('still wrapped', async () => (await height()) > 50);
  for (const name of ['Roomy lines', 'Wrap long lines', 'Times to the nanosecond, ns']) {
    await page.getByRole('button', { name }).click();
  }
  await until('as before', async () => (await height()) === 22);
});

test('the end is at the bottom with wrapped lines too', async () => {
  await page.getByRole('button', { name: 'Wrap long lines' }).click();
  await stage.log(Array.from({ length: 40 }, (_, at) => record(`wrapped ${at} ${'word '.repeat(at * 9)}`)));
  await page.locator('.row', { hasText: 'wrapped 39' }).waitFor();
  await until('at the bottom', () =>
    page.locator('.stream-list').evaluate((list) => {
      const last = list.querySelector('.row:last-child').getBoundingClientRect().bottom;
      return Math.abs(list.getBoundingClientRect().bottom - last) <= 2;
    }),
  );
  await page.getByRole('button', { name: 'Wrap long lines' }).click();
});

test('times are local or UTC', async () => {
  const time = () => page.locator('.row time').last();
  await page.getByRole('button', { name: 'Times in UTC' }).click();
  const [words, exact] = await time().evaluate((cell) => [cell.textContent, cell.dateTime]);
  assert.equal(words.slice(0, 8), exact.slice(11, 19));
  await page.getByRole('button', { name: 'Times in UTC' }).click();
});

test('what the budget held back stands in the list, and is read back from the store', async () => {
  const flood = unique('flood');
  await stage.open(`#/live?q=flood:${flood}`);
  await stage.live();
  await until('a new view', async () => (await page.locator('.row').count()) === 0);
  await stage.log(
    Array.from({ length: 900 }, (_, at) => record(`drop ${at}`, { metadata: { run: RUN, flood } })),
  );
  const skip = page.locator('[data-part=skip]');
  await skip.first().waitFor();
  const pace = page.locator('[data-part=pace]');
  await until('exact', async () => /[\d\u202f]+ skipped/.test(await pace.textContent()));
  const skipped = Number(/([\d\u202f]+) skipped/.exec(await pace.textContent())[1].replace(/\D/g, ''));
  const shown = (await page.locator('.stream-whole').evaluate((box) => box.clientHeight)) / 22;
  assert.ok(skipped > 0 && skipped <= 900, `${skipped} of 900 skipped`);
  assert.ok(shown > 0);
  await page.getByRole('button', { name: 'Load them' }).last().click();
  await page.locator('[data-part=skip]', { hasText: 'read back from the store' }).waitFor();
  assert.match(await page.locator('.jump-why').textContent(), /Paused/);
  await page.locator('[data-part=jump]').click();
});

test('going back and forward goes through filters and pages', async () => {
  await stage.open(`#/live?q=${only}`);
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.locator('main.overview').waitFor();
  assert.equal(await filter().inputValue(), only, 'the filter is kept from page to page');
  await page.goBack();
  await page.locator('main.live').waitFor();
  assert.equal(await filter().inputValue(), only);
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await until('cleared', async () => (await filter().inputValue()) === '' && q() === '');
});
