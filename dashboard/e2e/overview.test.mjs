/** The overview: every number on it against what the server says, with real programs of real languages where there are any. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { languages, startClients } from './clients.mjs';
import { openStage, unique, until } from './stage.mjs';

let stage;
let page;
let clients;
const SERVICE = unique('shop');
const LANGUAGE = unique('fortran');
const part = (name) => page.locator(`[data-part=${name}]`);
const number = (text) => Number(text.replace(/[^\d.]/g, ''));

before(async () => {
  stage = await openStage();
  page = stage.page;
  clients = stage.isFake ? null : await startClients(stage.url);
  await stage.open('#/overview');
  await stage.live();
});
after(async () => {
  await clients?.stop();
  await stage.close();
  assert.deepEqual(stage.problems, []);
});

test('a card appears by itself for every language that logs', async () => {
  const names = stage.isFake ? ['python', 'java', 'node', 'dotnet', 'go', 'rust'] : languages();
  for (const name of names) await page.locator(`.card[data-language="${name}"]`).waitFor({ timeout: 60_000 });
});

test('each card tells count, rate, errors, who is connected and when it was last heard of', async () => {
  const { languages: told } = await stage.get('/api/stats');
  for (const { language } of told.slice(0, 6)) {
    const card = page.locator(`.card[data-language="${language}"]`);
    await until(`${language} is counted`, async () => {
      const now = (await stage.get('/api/stats')).languages.find((entry) => entry.language === language);
      return number(await card.locator('.card-count').textContent()) >= now.count * 0.5;
    });
    const text = await card.textContent();
    assert.match(text, /[\d.<]+% errors/);
    assert.match(text, /\d\/s/);
    assert.match(text, /connected|silent|failed|no client/);
    assert.match(await card.locator('.card-age').textContent(), /now|\d+ (s|m|h|d)/);
    assert.match(await card.locator('.sparkline-line').getAttribute('d'), /^M0\.00 /);
  }
});

test('a program that runs is shown as connected, and as closed after its good-bye', async () => {
  // Those that say good-bye when they are asked to end; the others are killed by SIGTERM as any program is.
  const language = clients?.languages.find((name) => ['go', 'java', 'node'].includes(name));
  if (language === undefined) return;
  const card = page.locator(`.card[data-language="${language}"]`);
  await until('connected', async () => /[1-9]\d* connected/.test(await card.textContent()), 60_000);
  await clients.end(language);
  await until('no longer connected', async () => !/connected/.test(await card.textContent()), 30_000);
});

test('levels are counted exactly for the time that is chosen', async () => {
  const before = await part('levels').locator('.levels-line').allTextContents();
  assert.equal(before.length, 6);
  const levels = ['CRITICAL', 'ERROR', 'WARNING', 'INFO', 'DEBUG', 'TRACE'];
  await stage.log(
    levels.flatMap((level, at) =>
      Array.from({ length: at + 1 }, () => ({
        level,
        message: 'level',
        language: LANGUAGE,
        service: SERVICE,
      })),
    ),
  );
  await page.getByRole('radio', { name: '15 m' }).check();
  await until('sum of 15 minutes', async () => {
    const { seconds } = await stage.get('/api/stats');
    const shown = await part('levels').locator('.levels-line .number:not(.dim)').allTextContents();
    const sums = levels.map((level) =>
      seconds.flatMap(({ counts }) => counts).reduce((sum, [, , at, n]) => sum + (at === level ? n : 0), 0),
    );
    // The server counts on while the page is read: nearly all, and never more.
    return shown.every((text, at) => number(text) <= sums[at] && number(text) >= sums[at] * 0.9 - 20);
  });
});

test('activity has a strip of cells for every language', async () => {
  const line = part('activity').locator('.activity-line', { hasText: LANGUAGE });
  await line.waitFor();
  await until('a cell', async () =>
    /M\d/.test(
      (await line.locator('path').evaluateAll((all) => all.map((p) => p.getAttribute('d')))).join(''),
    ),
  );
  assert.equal(await line.locator('.number').textContent(), '21');
});

test('ingest delay is drawn second by second, with its numbers', async () => {
  await until('numbers', async () =>
    /\d ?(ms|s)/.test(await part('delays').locator('.delay-legend').textContent()),
  );
  const strip = page.locator('.strip-item', { hasText: 'delay' });
  await until('the same numbers as in the strip', async () => {
    const [said, drawn] = await Promise.all([
      strip.textContent(),
      part('delays').locator('.delay-legend').textContent(),
    ]);
    const p50 = /delay\s+(.+?) ·/.exec(said)?.[1];
    return p50 !== undefined && drawn.includes(`p50${p50}`);
  });
  const joints = async () =>
    ((await part('delays').locator('.delay-p99').getAttribute('d'))?.match(/L/g) ?? []).length;
  await until('a line', async () => (await joints()) >= 5);
  await page.reload();
  await until('numbers', async () =>
    /\d ?(ms|s)/.test(await part('delays').locator('.delay-legend').textContent()),
  );
  await until('the line of before', async () => (await joints()) >= 5, 2_000);
});

test('the newest errors stand there once each, with how often, and open', async () => {
  const what = unique('the ledger broke');
  await stage.log(
    [1, 2, 3].map((at) => ({
      level: 'ERROR',
      message: `${what} in row ${at}`,
      language: LANGUAGE,
      service: SERVICE,
      error: {
        type: 'LedgerError',
        message: 'sum',
        stack: 'LedgerError: sum\n    at ledger (/srv/ledger.js:1:2)',
      },
    })),
  );
  const line = part('errors').locator('.error-line', { hasText: what });
  await line.waitFor({ timeout: 15_000 });
  assert.equal(await line.count(), 1);
  assert.match(await line.textContent(), /LedgerError.*×3/);
  await line.click();
  await page.locator('.details .stack-frame', { hasText: 'ledger.js' }).waitFor();
  await page.keyboard.press('Escape');
});

test('top services show their share of errors, and one of them filters the stream', async () => {
  const line = part('services').locator('.service-line', { hasText: SERVICE });
  await line.waitFor();
  assert.match(await line.textContent(), /\d%/);
  await line.click();
  await page.locator('.chip', { hasText: SERVICE }).waitFor();
  await until('only its rows', async () => {
    const where = await page.locator('.row .row-where').allTextContents();
    return where.length > 0 && where.every((text) => text.startsWith(SERVICE));
  });
  await line.click();
  assert.equal(await page.locator('.chip').count(), 0);
});

test('throughput is stacked by level or by language', async () => {
  const legend = page.locator('.throughput-legend');
  assert.match(await legend.textContent(), /INFO.*WARN.*ERROR/s);
  await page.getByRole('radio', { name: 'Language' }).check();
  await until('languages', async () => !/WARN/.test(await legend.textContent()));
  await page.getByRole('radio', { name: 'Level', exact: true }).check();
});

test('throughput under the pointer tells the second that is meant', async () => {
  const plot = page.locator('.throughput-plot');
  await plot.hover({ position: { x: 200, y: 60 } });
  await until('a time', async () =>
    /\d\d:\d\d:\d\d/.test(await page.locator('.throughput-when').textContent()),
  );
  await page.mouse.move(5, 5);
});

test('two hundred services and one without a name break nothing', async () => {
  await stage.log([
    ...Array.from({ length: 200 }, (_, at) => ({
      level: 'INFO',
      message: 'one of many',
      language: LANGUAGE,
      service: `${SERVICE}-${at}`,
    })),
    { level: 'INFO', message: 'nameless', language: LANGUAGE, service: '' },
  ]);
  await until('many lines', async () => (await part('services').locator('.service-line').count()) >= 40);
  assert.ok((await part('services').locator('.service-line').count()) <= 50, 'the list is bounded');
  await stage.open(`#/live?q=${encodeURIComponent(`language:${LANGUAGE} nameless`)}`);
  await page.locator('.row', { hasText: 'nameless' }).waitFor();
});
