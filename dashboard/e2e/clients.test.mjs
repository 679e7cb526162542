/** The page of clients: each process told apart, its numbers adding up, its past as a strip; two thousand of them stay fluid. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Process } from './native.mjs';
import { PAYLOADS } from './payloads.mjs';
import { openStage, unique, until } from './stage.mjs';

const SILENT_AFTER_MS = 30_000;
const MARK = unique('svc');
let stage;
let page;
const card = (service) => page.locator('.client', { hasText: service });

async function send(batch) {
  const answer = await fetch(new URL('/api/logs', stage.url), {
    method: 'POST',
    headers: { 'Content-Type': batch.type },
    body: batch.body,
  });
  assert.equal(answer.status, 200, await answer.text());
}

const silent = new Process({ service: `${MARK}-hushed`, language: 'dotnet' });
let silentSinceMs = 0;

before(async () => {
  stage = await openStage({ own: { fake: { FAKE_RATE: '20' } } });
  page = stage.page;
  if (stage.isFake) return;
  await send(silent.batch({ seqs: [1, 2] }));
  silentSinceMs = Date.now();
});
after(async () => {
  assert.deepEqual(stage.problems, []);
  await stage.close();
});

/** Clients of one's own need a server that takes native batches. */
const realTest = (name, run) =>
  test(name, (context) =>
    stage.isFake ? context.skip('the fake server has its own clients') : run(context),
  );

realTest('a page without clients teaches how one comes', async () => {
  const empty = await openStage({ own: { fake: { FAKE_RATE: '0' } } });
  await empty.open('#/clients');
  await until('taught', async () =>
    /appears here by itself/.test((await empty.page.locator('main').textContent()) ?? ''),
  );
  await empty.close();
});

realTest('a process appears by itself, with everything that it says of itself', async () => {
  await stage.open('#/clients');
  await stage.live();
  const process = new Process({ service: `${MARK}-full`, language: 'go', host: 'web-7', pid: 8123 });
  await send(
    process.batch({
      seqs: [1, 2, 3],
      client: {
        statistics: {
          accepted: 3,
          waiting: 0,
          retried: 4,
          journal: 'disk',
          journal_bytes: 1_048_576,
          journal_max_bytes: 268_435_456,
          round_trip_ms: 12,
          last_error: 'connection refused',
          last_outage_ms: 65_000,
        },
      },
    }),
  );
  await card(`${MARK}-full`).waitFor();
  const text = await card(`${MARK}-full`).textContent();
  for (const part of [
    'Go',
    'web-7:8123',
    'connected',
    'running',
    'batching',
    '1.0\u202fMiB',
    '12 ms',
    '4 retried',
    '0.1.0',
    'connection refused',
    'last outage 1 m 05 s',
  ]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
});

realTest('the law adds up, losses by reason, and a gap is a gap', async () => {
  const process = new Process({ service: `${MARK}-law`, language: 'rust' });
  const statistics = { accepted: 25, waiting: 5, refused: { journal_full: 3 } };
  await send(process.batch({ seqs: [1, 2, 3, 4, 5, 6, 11, 14, 15, 20], client: { statistics } }));
  const losses = [
    { from: 7, to: 9, reason: 'torn' },
    { from: 16, to: 16, reason: 'expired' },
  ];
  await send(process.batch({ upTo: 20, losses, client: { statistics } }));
  const law = card(`${MARK}-law`).locator('.law');
  await until('the whole law', async () =>
    /accepted 25=stored 10\+lost 4\+waiting 5\+gap 6/.test(
      (await law.textContent()).replaceAll(/\s*([=+])\s*/g, '$1'),
    ),
  );
  const text = await law.textContent();
  assert.match(text, /3 torn/);
  assert.match(text, /1 expired/);
  assert.match(text, /3 refused: journal_full/);
  assert.match(text, /gap: 10, 12–13, …|gap: 10, 12–13, 17–19/);
});

realTest('failed, closed and gone are told apart', async () => {
  const failed = new Process({ service: `${MARK}-failed` });
  await send(failed.batch({ seqs: [1] }));
  await send(failed.batch({ upTo: 1, client: { state: 'failed', statistics: { last_error: 'disk full' } } }));
  const closed = new Process({ service: `${MARK}-closed` });
  await send(closed.batch({ seqs: [1, 2] }));
  await send(closed.batch({ upTo: 2, end: true }));
  const gone = new Process({ service: `${MARK}-gone` });
  await send(gone.batch({ seqs: [1] }));
  await send(gone.batch({ upTo: 1, client: { adopted_by: closed.stream } }));
  for (const presence of ['failed', 'closed', 'gone']) {
    await until(presence, async () =>
      (await card(`${MARK}-${presence}`).locator('.presence').first().textContent()).includes(presence),
    );
  }
  assert.match(await card(`${MARK}-gone`).textContent(), /what it left is shipped by/);
});

realTest('the one that failed comes first, and every page says so', async () => {
  assert.ok((await page.locator('.client').first().textContent()).includes(`${MARK}-failed`));
  assert.match(await page.locator('[data-part=notice]').textContent(), new RegExp(`${MARK}-failed`));
});

realTest('a process that fell silent is called silent, and the strip shows since when', async () => {
  const wait = Math.max(0, silentSinceMs + SILENT_AFTER_MS - Date.now()) + 20_000;
  await until('silent', async () => (await card(`${MARK}-hushed`).textContent()).includes('silent'), wait);
  const strip = card(`${MARK}-hushed`).locator('.history-strip');
  await until('two pieces', async () => (await strip.locator('rect').count()) === 2);
  assert.equal(await strip.locator('.history-silent').count(), 1);
  assert.match(await strip.getAttribute('aria-label'), /silent for .*1 interruption/);
});

realTest('a press on a presence shows only those, and the address keeps it', async () => {
  await page.getByRole('button', { name: /\d+ failed/ }).click();
  await until('only failed', async () => {
    const cards = await page.locator('.client').allTextContents();
    return cards.length === 1 && cards[0].includes(`${MARK}-failed`);
  });
  assert.match(page.url(), /presence=failed/);
  await page.reload();
  await until('still', async () => (await page.locator('.client').count()) === 1);
  await page.getByRole('button', { name: /\d+ failed/ }).click();
  await until('all', async () => (await page.locator('.client').count()) > 3);
});

realTest('words find clients by anything that they say', async () => {
  await page.getByLabel('Find clients').fill('web-7 refused');
  await until('one', async () => (await page.locator('.client').count()) === 1);
  assert.ok((await page.locator('.client').textContent()).includes(`${MARK}-full`));
  await page.getByLabel('Find clients').fill('nobody-is-like-this');
  await page.getByRole('button', { name: 'Show all' }).click();
  await until('all', async () => (await page.locator('.client').count()) > 3);
});

realTest('the list is put in another order', async () => {
  await page.getByLabel('Order of the clients').selectOption('lost');
  await until('most lost first', async () =>
    (await page.locator('.client').first().textContent()).includes(`${MARK}-law`),
  );
  await page.getByLabel('Order of the clients').selectOption('trouble');
});

realTest('a card opens: every loss in words, every gap, its past, the way to its records', async () => {
  await card(`${MARK}-law`).locator('.client-open').click();
  const more = card(`${MARK}-law`).locator('.client-more');
  await more.waitFor();
  const text = await more.textContent();
  assert.match(text, /torn 3.*in the middle of the append/);
  assert.match(text, /neither seen 6 numbers nor been told/);
  assert.match(text, /17–19/);
  assert.match(text, /connected.*\d{4}-\d\d-\d\d/);
  await more.getByRole('link', { name: 'Its records' }).click();
  await page.locator('main.search').waitFor();
  await until('its ten records', async () =>
    /10 records/.test(await page.locator('[data-part=summary]').textContent()),
  );
});

realTest('two thousand clients cost the document no more than those in sight', async () => {
  await stage.open('#/clients');
  const crowd = Array.from(
    { length: 2000 },
    (_, at) => new Process({ service: `crowd-${at}`, host: `h${at}` }),
  );
  for (let at = 0; at < crowd.length; at += 50) {
    await Promise.all(crowd.slice(at, at + 50).map((process) => send(process.batch())));
  }
  await until(
    'all counted',
    async () => /1[\u202f ]?9\d\d|2[\u202f ]?000/.test(await page.locator('.presences').textContent()),
    20_000,
  );
  assert.ok((await page.locator('.client').count()) < 40);
  const list = page.locator('.client-scroll');
  await until('the end of the list', async () => {
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    return list.evaluate(
      (box) => box.scrollHeight > 100_000 && box.scrollHeight - box.scrollTop - box.clientHeight < 2,
    );
  });
  await until('cards at the end', async () => (await page.locator('.client').count()) > 4);
  assert.ok((await page.locator('.client').count()) < 40);
});

realTest('and are found as fast as they are typed', async () => {
  await page.getByLabel('Find clients').fill('crowd-1777');
  await until('one', async () => (await page.locator('.client').count()) === 1);
  await page.getByLabel('Find clients').fill('');
});

realTest('names that would run are text', async () => {
  for (const text of [...PAYLOADS.slice(0, 8), '', '\u202egnp.exe', '\u0000\u001b[31m']) {
    const process = new Process({ service: text, component: text, host: text, environment: text });
    const statistics = { last_error: text, journal: text, lost: { [text]: 1 }, refused: { [text]: 2 } };
    await send(process.batch({ client: { statistics, sdk_version: text, activity: text } }));
  }
  await page.getByLabel('Find clients').fill('script');
  await until('shown', async () => (await page.locator('.client').count()) >= 4);
  await page.locator('.client-open').first().click();
  await page.locator('.client-more').waitFor();
  assert.equal(await page.evaluate(() => window.__broken), undefined);
  assert.equal(await page.locator('#root :is(script, iframe, img:not(.brand img), style)').count(), 0);
});
