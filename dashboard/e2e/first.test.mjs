/** The first minutes with a server: no records yet, and a server that asks for a key. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openStage } from './stage.mjs';

const run = promisify(execFile);
/** The one long word that `dlogs keys add` prints. */
const keyOf = ({ stdout }) => /\b\w*dlogs_?\w{16,}/.exec(stdout)?.[0] ?? stdout.trim().split(/\s+/).at(-1);

test('an empty server teaches how to send the first record, and gives way to it', async () => {
  const stage = await openStage({ own: { fake: { FAKE_RATE: '0' } } });
  const { page } = stage;
  try {
    await stage.open('');
    const welcome = page.locator('[data-part=welcome]');
    await welcome.waitFor();
    const names = await welcome.getByRole('tab').allTextContents();
    assert.deepEqual(names, ['curl', 'Python', 'Java', 'Node.js', '.NET', 'Go', 'Rust']);
    const address = new URL('/api/logs', stage.url).href;
    for (const name of names) {
      await welcome.getByRole('tab', { name, exact: true }).click();
      assert.ok((await welcome.locator('pre').textContent()).includes(address), `${name} is told ${address}`);
    }
    await stage.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await welcome.getByRole('tab', { name: 'Rust', exact: true }).click();
    await welcome.getByRole('button', { name: 'Copy' }).click();
    await welcome.getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await welcome.locator('pre').textContent());
    await stage.log([{ message: 'hello', language: 'go', service: 'first' }]);
    await page.locator('.card').waitFor();
    assert.equal(await welcome.count(), 0);
    assert.deepEqual(stage.problems, []);
  } finally {
    await stage.close();
  }
});

test('the first record that matches is counted beside the list, not denied', async () => {
  const stage = await openStage({ own: { fake: { FAKE_RATE: '0' } } });
  const { page } = stage;
  try {
    await stage.log([{ message: 'before', service: 'other' }]);
    await stage.open('#/live?q=service:first');
    const nothing = page.getByText('Nothing in the last five minutes.');
    await nothing.waitFor();
    await stage.log([{ message: 'hello', service: 'first' }]);
    await page.locator('.row', { hasText: 'hello' }).waitFor();
    assert.equal(await nothing.count(), 0);
    // Where the first count was dear, the second comes after thirty times as long.
    await page.locator('[data-facet=service]').waitFor({ timeout: 120_000 });
    assert.deepEqual(stage.problems, []);
  } finally {
    await stage.close();
  }
});

test('a server with keys asks for one and remembers it', async () => {
  let key = 'right';
  const prepare = async (folder) => {
    key = keyOf(
      await run(process.env.DLOGS_BIN, [
        'keys',
        'add',
        '--data',
        folder,
        '--name',
        'page',
        '--scope',
        'admin',
      ]),
    );
  };
  const stage = await openStage({ own: { prepare, fake: { FAKE_RATE: '5', FAKE_KEY: key } } });
  const { page } = stage;
  try {
    await stage.open('');
    const field = page.getByLabel('API key');
    await field.waitFor();
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Enter' }).click();
    await page
      .locator('.login')
      .getByText(/not known/)
      .waitFor();
    await field.fill(key);
    await page.getByRole('button', { name: 'Enter' }).click();
    await stage.live();
    await page.reload();
    await stage.live();
    assert.deepEqual(stage.problems, []);
  } finally {
    await stage.close();
  }
});
