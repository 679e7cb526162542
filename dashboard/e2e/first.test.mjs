/** The first minutes with a server: no records yet, and a server that asks for a key. Always against the fake one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage } from './stage.mjs';

test('an empty server teaches how to send the first record, and gives way to it', async () => {
  const stage = await openStage({ fakeOnly: { FAKE_RATE: '0' } });
  const { page } = stage;
  try {
    await stage.open('');
    const welcome = page.locator('[data-part=welcome]');
    await welcome.waitFor();
    const names = await welcome.getByRole('tab').allTextContents();
    assert.deepEqual(names, ['curl', 'Python', 'Java', 'Node.js', '.NET', 'Go', 'Rust']);
    for (const name of names) {
      await welcome.getByRole('tab', { name, exact: true }).click();
      assert.match(await welcome.locator('pre').textContent(), /http:\/\/localhost:\d+\/api\/logs/);
    }
    await stage.log([{ message: 'hello', language: 'go', service: 'first' }]);
    await page.locator('.card').waitFor();
    assert.equal(await welcome.count(), 0);
    assert.deepEqual(stage.problems, []);
  } finally {
    await stage.close();
  }
});

test('a server with keys asks for one and remembers it', async () => {
  const stage = await openStage({ fakeOnly: { FAKE_RATE: '5', FAKE_KEY: 'right' } });
  const { page } = stage;
  try {
    await stage.open('');
    const field = page.getByLabel('API key');
    await field.waitFor();
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByText('This key is not known here.').waitFor();
    await field.fill('right');
    await page.getByRole('button', { name: 'Enter' }).click();
    await stage.live();
    await page.reload();
    await stage.live();
    assert.deepEqual(stage.problems, []);
  } finally {
    await stage.close();
  }
});
