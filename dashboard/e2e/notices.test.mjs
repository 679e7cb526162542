/** What everybody must know is said on every page: a client that has failed, a server in trouble, a connection that is lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage, unique, until } from './stage.mjs';

const PAGES = ['overview', 'live', 'search', 'clients', 'system', 'settings'];
const notice = (stage) => stage.page.locator('[data-part=notice]');

async function onEveryPage(stage, words) {
  for (const name of PAGES) {
    await stage.open(`#/${name}`);
    await stage.page.locator(`main.${name}`).waitFor();
    await until(`${words} on ${name}`, async () => words.test(await notice(stage).textContent()), 15_000);
  }
}

test('a client that reports failure is named on every page, and shown', async () => {
  const stage = await openStage({ own: { fake: { FAKE_RATE: '10' } } });
  try {
    const service = stage.isFake ? 'recommendations' : unique('cashier');
    if (!stage.isFake) {
      const about = { language: 'python', service, host: 'h', pid: 7, state: 'failed' };
      await stage.heartbeat({ ...about, statistics: { waiting: 12, last_error: 'connection refused' } });
    }
    await stage.open('#/overview');
    await stage.live();
    await onEveryPage(stage, new RegExp(`Python client ${service}.*reports failure`));
    await stage.open('#/live');
    await notice(stage).getByRole('button', { name: 'Show' }).click();
    await stage.page.locator('main.clients').waitFor();
    assert.equal(await stage.page.locator('.nav-badge').textContent(), '1');
    assert.deepEqual(stage.problems, []);
  } finally {
    await stage.close();
  }
});

test('a server in trouble says so on every page', async () => {
  const stage = await openStage({
    own: { args: ['--min-free-mib', '100000000'], fake: { FAKE_RATE: '10' } },
  });
  try {
    if (stage.isFake) await stage.steer({ trouble: 'the disk is full' });
    await stage.open('#/overview');
    await stage.live();
    await onEveryPage(stage, /Server in trouble: .*disk/i);
    assert.deepEqual(stage.problems, []);
  } finally {
    await stage.close();
  }
});

test('a lost connection is said on every page, with when it is tried again', async () => {
  const stage = await openStage();
  try {
    await stage.open('#/overview');
    await stage.live();
    stage.relay.cut();
    for (const [at, name] of PAGES.entries()) {
      await stage.page.keyboard.press(String(at + 1));
      await stage.page.locator(`main.${name}`).waitFor();
      await until(`said on ${name}`, async () => /Connection lost/.test(await notice(stage).textContent()));
    }
    stage.relay.mend();
    await stage.live();
    await until('no more', async () => !/Connection lost/.test(await notice(stage).textContent()), 30_000);
  } finally {
    await stage.close();
  }
});
