/** The search in a real browser: asked by filter and time, found, counted, read in context, kept in the address. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { foundOf } from './found.mjs';
import { openStage, unique, until } from './stage.mjs';

const MARK = unique('mark');
const HOUR_MS = 3_600_000;
const HOST = unique('host');
let stage;
let page;
let found;

const record = (message, minutesAgo, more = {}) => ({
  level: 'INFO',
  message: `${MARK} ${message}`,
  service: 'searched',
  host: HOST,
  timestamp: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
  ...more,
});

before(async () => {
  stage = await openStage({ acceptDownloads: true });
  page = stage.page;
  found = foundOf(stage);
  await stage.log([
    record('oldest', 50, { service: 'other' }),
    record('first error', 40, { level: 'ERROR', metadata: { colour: 'red' } }),
    record('in the middle', 30, { metadata: { colour: 'red' } }),
    record('a warning', 20, { level: 'WARNING', metadata: { colour: 'blue' } }),
    record('newest', 1),
    record('of yesterday', 26 * 60),
  ]);
});
after(async () => {
  assert.deepEqual(stage.problems, []);
  await stage.close();
});

test('what is stored is found, newest first, and it says what was looked at', async () => {
  await found.open(`q=${MARK}`);
  await found.counts(5);
  const messages = (await found.messages()).map((text) => text.replace(`${MARK} `, ''));
  assert.deepEqual(messages, ['newest', 'a warning', 'in the middle', 'first error', 'oldest']);
  assert.match(await found.summary().textContent(), /scanned in [\d\u202f]+ ms/);
});

test('the end of the range is said', async () => {
  assert.match(await page.locator('.found-end').textContent(), /That is all in this time range/);
});

test('a line stands between two days', async () => {
  await found.open(`q=${MARK}&from=2d`);
  await found.counts(6);
  const days = await page.locator('.row-day').allTextContents();
  assert.ok(days.length >= 2, days.join());
  assert.match(days[0], /day, \d+ \w+ \d{4}/);
});

test('a minimum level narrows and stands in the address', async () => {
  await found.open(`q=${MARK}`);
  await found.counts(5);
  await page.getByRole('radio', { name: 'Warn+' }).check();
  await found.counts(2);
  assert.equal(found.own().get('level'), 'warning');
});

test('back and forward walk through the questions', async () => {
  await page.goBack();
  await found.counts(5);
  assert.equal(found.own().get('level'), null);
  await page.goForward();
  await found.counts(2);
});

test('a reload asks the same question', async () => {
  await page.reload();
  await found.counts(2);
  assert.equal(await page.inputValue('#filter'), MARK);
  assert.ok(await page.getByRole('radio', { name: 'Warn+' }).isChecked());
});

test('a mistake in the query is shown where it is', async () => {
  await found.open(`q=${MARK}`);
  await page.fill('#filter', `${MARK} "never closed`);
  await page.keyboard.press('Enter');
  const error = page.locator('[data-part=filter-error]');
  await error.locator('mark').waitFor();
  assert.equal(await error.locator('mark').textContent(), '"');
  assert.equal(await found.rows().count(), 0);
});

test('names of fields and values are suggested at the caret', async () => {
  await page.fill('#filter', '');
  await page.locator('#filter').pressSequentially('colo');
  await page
    .getByRole('option', { name: /^colour/ })
    .first()
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('#filter').pressSequentially('re');
  await page.getByRole('option', { name: /^red/ }).first().waitFor();
  await page.keyboard.press('Escape');
});

test('a ready-made span is chosen from the picker', async () => {
  await found.open(`q=${MARK}`);
  await page.locator('.range-button').click();
  await page.getByRole('button', { name: 'Last 24 hours' }).click();
  await until('address', () => found.own().get('from') === '24h');
  assert.match(await page.locator('.range-words').textContent(), /Last 24 hours/);
  assert.equal(await page.locator('.range-panel').count(), 0);
});

test('exact ends are typed, and hold to the second', async () => {
  const words = (minutesAgo) =>
    page.evaluate(
      (ms) => {
        const at = new Date(ms);
        const two = (value) => String(value).padStart(2, '0');
        return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
      },
      Date.now() - minutesAgo * 60_000,
    );
  await page.locator('.range-button').click();
  await page.fill('.range-exact input[name=from]', await words(45));
  await page.fill('.range-exact input[name=to]', await words(25));
  await page.getByRole('button', { name: 'Apply' }).click();
  await found.counts(2);
  assert.match(found.own().get('from'), /^\d{4}-\d\d-\d\dT.*Z$/);
  assert.deepEqual(await found.messages(), [`${MARK} in the middle`, `${MARK} first error`]);
});

test('a time that is none, and a range that runs backwards, are told', async () => {
  await page.locator('.range-button').click();
  await page.fill('.range-exact input[name=from]', 'soon');
  await page.getByRole('button', { name: 'Apply' }).click();
  const problem = page.locator('#range-problem');
  await until('said', async () => /“soon” is no time/.test(await problem.textContent()));
  await page.fill('.range-exact input[name=from]', '10m');
  await page.fill('.range-exact input[name=to]', '20m');
  await page.getByRole('button', { name: 'Apply' }).click();
  await until('said', async () => /ends before it begins/.test(await problem.textContent()));
});

test('Esc closes the picker and gives the focus back', async () => {
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.range-panel').count(), 0);
  assert.ok(await page.locator('.range-button').evaluate((button) => button === document.activeElement));
});

test('the stretch before, twice as wide, and back', async () => {
  await found.open(`q=${MARK}&from=15m`);
  await found.counts(1);
  await page.getByRole('button', { name: 'The stretch before' }).click();
  await found.counts(1);
  assert.deepEqual(await found.messages(), [`${MARK} a warning`]);
  await page.getByRole('button', { name: 'Zoom out' }).click();
  await until('more', async () => (await found.total()) >= 2);
  await page.goBack();
  await found.counts(1);
});

test('dragging over the histogram chooses the time', async () => {
  await found.open(`q=${MARK}&from=1h`);
  await found.counts(5);
  const box = await page.locator('.hits .histogram-plot').boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.42, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 5 });
  await page.mouse.up();
  await found.counts(1);
  assert.deepEqual(await found.messages(), [`${MARK} in the middle`]);
  const width = Date.parse(found.own().get('to')) - Date.parse(found.own().get('from'));
  assert.ok(width > 0.1 * HOUR_MS && width < 0.3 * HOUR_MS, `${width} ms`);
  await page.goBack();
  await found.counts(5);
});

test('keys choose the time on the histogram, and say what they choose', async () => {
  const plot = page.locator('.hits .histogram-plot');
  const said = () => page.locator('.hits .histogram [aria-live]').textContent();
  await plot.focus();
  await page.keyboard.press('ArrowRight');
  assert.match(await plot.getAttribute('aria-valuetext'), /\d to .+: [01] records?$/);
  await page.keyboard.press('Shift+End');
  assert.match(await said(), /^Chosen: .+ to .+: 5 records$/);
  await page.keyboard.press('Escape');
  assert.equal(await said(), 'Nothing chosen');
  assert.equal(await page.locator('.histogram-chosen').count(), 0);
  const bars = Number(await plot.getAttribute('aria-valuemax'));
  await page.keyboard.press('Home');
  for (let at = 0; at < Math.round(bars * 0.42); at += 1) await page.keyboard.press('ArrowRight');
  for (let at = 0; at < Math.round(bars * 0.18); at += 1) await page.keyboard.press('Shift+ArrowRight');
  assert.match(await said(), /: 1 record$/);
  await page.keyboard.press('Enter');
  await found.counts(1);
  assert.deepEqual(await found.messages(), [`${MARK} in the middle`]);
  await page.goBack();
  await found.counts(5);
});

test('the histogram counts by any field, and its numbers filter', async () => {
  await page.getByLabel('Field of the histogram').selectOption('service');
  const other = page.locator('.hits-legend button', { hasText: 'other' });
  await other.waitFor();
  assert.match(await page.locator('.hits-legend').textContent(), /searched4/);
  assert.equal(found.own().get('by'), 'service');
  await other.click();
  await found.counts(1);
  assert.match(await page.inputValue('#filter'), /service:other/);
});

test('facets count every match; a click includes, another excludes', async () => {
  await found.open(`q=${MARK}`);
  await found.counts(5);
  const red = page.locator('[data-facet=colour] .facet-value', { hasText: 'red' });
  await page.locator('[data-facet=colour] summary').click();
  assert.equal(await red.locator('.facet-count').textContent(), '2');
  await red.locator('.facet-include').click();
  await found.counts(2);
  await page.getByRole('button', { name: 'Without colour red' }).click();
  await found.counts(3);
  assert.match(await page.inputValue('#filter'), /-colour:red/);
});

test('a record opens with its address, walks with j and k, and closes with Esc', async () => {
  await found.open(`q=${MARK}`);
  await found.counts(5);
  await found.row('in the middle').click();
  const details = page.locator('.details');
  await details.waitFor();
  assert.ok(found.own().get('row').includes('-'));
  await page.keyboard.press('j');
  await until('older', async () => (await details.textContent()).includes('first error'));
  await page.keyboard.press('k');
  await until('newer', async () => (await details.textContent()).includes('in the middle'));
  await page.keyboard.press('Escape');
  await until('closed', async () => (await details.count()) === 0);
  assert.equal(found.own().get('row'), null);
});

test('a permalink shows its record, whatever the range', async () => {
  const { rows } = await stage.get(`/api/logs?q=${MARK}&from=48h&limit=10`);
  const old = rows.find(({ message }) => message.endsWith('of yesterday'));
  await found.open(`row=${encodeURIComponent(old.id)}&from=5m`);
  await until('details', async () =>
    ((await page.locator('.details').allTextContents())[0] ?? '').includes('of yesterday'),
  );
});

test('a record that is not there is told', async () => {
  const { rows } = await stage.get(`/api/logs?q=${MARK}&from=48h&limit=1`);
  await found.open(`row=${encodeURIComponent(`${rows[0].id}99999`)}`);
  await until('told', async () => /no record/i.test(await page.locator('.search-missing').textContent()));
  await page.locator('.search-missing button').click();
  await until('gone', async () => (await page.locator('.search-missing').count()) === 0);
});

test('nothing found teaches how to ask for more', async () => {
  await found.open(`q=${MARK}+${unique('never')}`);
  await until('taught', async () =>
    /No record matches.*timeout database.*service:pay/s.test(
      await page.locator('.found-empty').textContent(),
    ),
  );
  await found.counts(0);
});

test('r asks again and finds what came meanwhile', async () => {
  const word = unique('later');
  await found.open(`q=${word}`);
  await found.counts(0);
  await stage.log([{ level: 'INFO', message: `came ${word}`, service: 'searched' }]);
  await page.locator('.found-list').focus();
  await page.keyboard.press('r');
  await found.counts(1);
});
