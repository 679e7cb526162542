/** The live stream in a real browser: rows, levels, filter, pause, details, honest counts. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, unique, until } from './stage.mjs';

let stage;
let page;
const LANGUAGE = unique('cobol');
const rows = (text) => page.locator('.row', { hasText: text });
const list = () => page.locator('.stream-list');

before(async () => {
  stage = await openStage();
  page = stage.page;
});
after(async () => {
  await stage.close();
  assert.deepEqual(stage.problems, []);
});

const record = (message, level = 'INFO', more = {}) => ({
  level,
  message,
  language: LANGUAGE,
  service: 'mainframe',
  ...more,
});

test('a card appears by itself for a language nobody has heard of', async () => {
  await stage.open('#/overview');
  await stage.live();
  await stage.log([record('first words'), record('and an error', 'ERROR')]);
  const card = page.locator(`.card[data-language="${LANGUAGE}"]`);
  await card.waitFor();
  await until('count', async () => (await card.locator('.card-count').textContent()) === '2');
  assert.match(await card.locator('.card-errors').textContent(), /50% errors/);
});

test('a click on the card filters the stream by the language', async () => {
  await page.locator(`.card[data-language="${LANGUAGE}"]`).click();
  await page.locator('.chip', { hasText: LANGUAGE }).waitFor();
  await until('two rows', async () => (await page.locator('.row').count()) === 2);
  assert.ok(page.url().includes(`language=${LANGUAGE}`));
});

test('every level has its colour and its sign', async () => {
  await stage.open(`#/live?language=${LANGUAGE}`);
  await stage.live();
  const levels = ['TRACE', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'];
  await stage.log(levels.map((level) => record(`level ${level}`, level)));
  await rows('level CRITICAL').waitFor();
  const look = async (level) =>
    rows(`level ${level}`)
      .locator('.level')
      .evaluate((mark) => [getComputedStyle(mark).color, mark.textContent]);
  const seen = Object.fromEntries(await Promise.all(levels.map(async (level) => [level, await look(level)])));
  assert.equal(new Set(Object.values(seen).map(([, text]) => text)).size, 6);
  const rgb = (level) => seen[level][0].match(/\d+/g).map(Number);
  assert.ok(rgb('ERROR')[0] > 200 && rgb('ERROR')[1] < 130, `ERROR is red: ${seen.ERROR}`);
  assert.ok(rgb('WARNING')[0] > 200 && rgb('WARNING')[2] < 80, `WARNING is orange: ${seen.WARNING}`);
  assert.ok(rgb('INFO')[2] > 200 && rgb('INFO')[0] < 130, `INFO is blue: ${seen.INFO}`);
});

test('a pause freezes the view and not the intake, and says what waits', async () => {
  await list().focus();
  await page.keyboard.press('Space');
  await page.locator('[data-part=jump]').waitFor();
  const before = await page.locator('.row').allTextContents();
  await stage.log([
    record('while paused 1'),
    record('while paused 2', 'ERROR'),
    record('while paused 3', 'CRITICAL'),
  ]);
  await until('3 new, 2 errors', async () =>
    /3 new, 2 errors/.test(await page.locator('[data-part=jump]').textContent()),
  );
  assert.deepEqual(await page.locator('.row').allTextContents(), before);
  await page.keyboard.press('Space');
  await rows('while paused 3').waitFor();
  assert.equal(await page.locator('[data-part=jump]').count(), 0);
});

test('scrolling up pauses by itself, jump to live goes back to the end', async () => {
  await stage.log(Array.from({ length: 120 }, (_, at) => record(`line ${at}`)));
  await rows('line 119').waitFor();
  await list().hover();
  await page.mouse.wheel(0, -600);
  await until('paused by scrolling', async () =>
    /scrolled up/.test(await page.locator('.jump-why').textContent()),
  );
  const top = await list().evaluate((box) => box.scrollTop);
  await stage.log([record('came while reading')]);
  await until('counted', async () => /1 new/.test(await page.locator('[data-part=jump]').textContent()));
  assert.equal(await list().evaluate((box) => box.scrollTop), top);
  await page.locator('[data-part=jump]').click();
  await rows('came while reading').waitFor();
});

test('selecting text pauses, and the selection survives what comes in', async () => {
  await rows('came while reading').locator('.row-message').selectText();
  await until('paused by selection', async () =>
    /text selected/.test(await page.locator('.jump-why').textContent()),
  );
  await stage.log([record('more'), record('and more')]);
  await until('counted', async () => /2 new/.test(await page.locator('[data-part=jump]').textContent()));
  assert.equal(await page.evaluate(() => getSelection().toString()), 'came while reading');
  await page.evaluate(() => getSelection().empty());
  await page.locator('[data-part=jump]').click();
});

test('j, k and Enter walk the rows; the details are complete', async () => {
  await stage.log([
    record('with everything', 'ERROR', {
      metadata: { user_id: 42, nested: { deep: [1, null, 'x'] }, '<b>': '<i>' },
      error: { type: 'TimeoutError', message: 'too late', stack: 'Traceback\n  File "a.py", line 1' },
    }),
    record('the last one'),
  ]);
  await rows('the last one').waitFor();
  await list().focus();
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  const details = page.locator('.details');
  await details.waitFor();
  const text = await details.textContent();
  for (const part of [
    'with everything',
    'TimeoutError',
    'too late',
    'File "a.py", line 1',
    'user_id',
    '42',
    '<b>',
  ]) {
    assert.ok(text.includes(part), `details show ${part}`);
  }
  assert.ok(text.includes('"deep": ['), 'nested values are indented JSON');
  await page.keyboard.press('j');
  await until('next row', async () => (await details.textContent()).includes('the last one'));
  await page.keyboard.press('Escape');
  assert.equal(await details.count(), 0);
  await page.keyboard.press('Escape');
});

test('copy puts the record on the clipboard as JSON', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await rows('with everything').click();
  await page.getByRole('button', { name: 'Copy JSON' }).click();
  await page.getByText('Copied').waitFor();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  assert.equal(copied.metadata.user_id, 42);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});

test('the filter goes to the server; a mistake shows where it is', async () => {
  await page.keyboard.press('/');
  await page.keyboard.type('line 11');
  await page.keyboard.press('Enter');
  await until('only matches', async () => {
    const texts = await page.locator('.row-message').allTextContents();
    return texts.length > 0 && texts.every((text) => text.includes('11'));
  });
  await page.fill('#filter', 'ok "never closed');
  await page.keyboard.press('Enter');
  const error = page.locator('[data-part=filter-error]');
  await error.waitFor();
  assert.equal((await error.locator('mark').textContent()).length, 1);
  await page.fill('#filter', '');
  await page.keyboard.press('Enter');
  await until('error gone', async () => (await error.count()) === 0);
});

test('the level buttons are a minimum', async () => {
  await page.getByRole('radio', { name: 'Error+' }).check();
  await until('errors only', async () => {
    const marks = await page.locator('.row > .level').allTextContents();
    return marks.length > 0 && marks.every((mark) => mark === 'ERROR' || mark === 'CRIT');
  });
  await page.getByRole('radio', { name: 'All' }).check();
});

test('above the budget it says how many were skipped, and keeps errors', async () => {
  await until('calm', async () => (await page.locator('.row').count()) > 5);
  const many = Array.from({ length: 4000 }, (_, at) => record(`flood ${at}`));
  many[3999] = record('needle in the flood', 'ERROR');
  await stage.log(many);
  const pace = page.locator('[data-part=pace]');
  await until('skipped', async () => /skipped/.test(await pace.textContent()));
  const skipped = Number(/([\d\u202f]+) skipped/.exec(await pace.textContent())[1].replaceAll('\u202f', ''));
  assert.ok(skipped > 1000 && skipped < 4000, `${skipped} skipped`);
  await rows('needle in the flood').waitFor();
});

test('the end of the list is drawn in every frame of a burst', async () => {
  await page.evaluate(() => {
    window.frames_seen = 0;
    window.frames_blank = 0;
    const look = () => {
      const list = document.querySelector('.stream-list');
      const last = list.querySelector('.row:last-child');
      const gap = list.getBoundingClientRect().bottom - (last?.getBoundingClientRect().bottom ?? 0);
      window.frames_seen += 1;
      if (Math.abs(gap) > 2) window.frames_blank += 1;
      requestAnimationFrame(() => setTimeout(look));
    };
    requestAnimationFrame(() => setTimeout(look));
  });
  // Rounds go on until enough frames were painted, however busy the machine is.
  const seen = () => page.evaluate(() => window.frames_seen);
  for (let round = 0; round < 200 && (round < 15 || (await seen()) < 20); round += 1) {
    // Errors are kept when the budget is used up, so that every round ends with a row.
    await stage.log(
      Array.from({ length: 60 }, (_, at) => record(`burst ${round} ${at}`, at < 59 ? 'INFO' : 'ERROR')),
    );
  }
  const [frames, blank] = await page.evaluate(() => [window.frames_seen, window.frames_blank]);
  assert.ok(frames >= 20, `${frames} frames`);
  assert.equal(blank, 0, `${blank} of ${frames} frames without the newest row at the bottom`);
});

test('a line of megabytes costs the list two thousand characters', async () => {
  await stage.log([record(`huge ${'x'.repeat(200_000)}`, 'ERROR')]);
  await rows('huge').waitFor();
  const length = await rows('huge')
    .locator('.row-message')
    .evaluate((cell) => cell.textContent.length);
  assert.ok(length <= 2001, `${length}`);
});

test('the list is bounded, and only what is visible is in the document', async () => {
  assert.ok((await page.locator('.row').count()) < 90);
  const height = await page.locator('.stream-whole').evaluate((box) => box.clientHeight);
  assert.ok(height <= 5000 * 22 + 900, `${height}`);
});
