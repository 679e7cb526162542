/** System and settings: the server's own numbers, what it refused, retention, keys shown once, and what a key may not do. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openStage, unique, until } from './stage.mjs';

let stage;
let page;
const fact = (name) =>
  page.locator('.fact', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) });
const retention = (name) => page.locator(`[data-setting=${name}]`);

before(async () => {
  stage = await openStage({ own: { args: ['--keep-mib', '1000'], fake: { FAKE_RATE: '5' } } });
  page = stage.page;
});
after(async () => {
  assert.deepEqual(stage.problems, []);
  await stage.close();
});

const realTest = (name, run) =>
  test(name, (context) => (stage.isFake ? context.skip('the fake server invents this') : run(context)));

test('system shows queue, parts, disk, memory, viewers, version and every limit', async () => {
  await stage.open('#/system');
  await stage.live();
  const system = await stage.get('/api/system');
  await fact('version').waitFor();
  assert.match(await fact('version').textContent(), new RegExp(system.version.replaceAll('.', '\\.')));
  assert.match(await fact('queue').textContent(), /of .*MiB/);
  assert.match(await fact('parts').textContent(), /record/);
  assert.match(await fact('disk free').textContent(), /iB/);
  assert.match(await fact('memory').textContent(), /MiB|not told/);
  await until('viewer', async () => /[\d]/.test(await fact('viewers').locator('dd').first().textContent()));
  for (const limit of system.limits) {
    const name = limit.name.replaceAll('_', ' ').replace(/ (bytes|ms|seconds|days|hours)$/, '');
    assert.ok((await page.locator('[aria-label=Limits] dt', { hasText: name }).count()) > 0, name);
  }
});

realTest('what the server refused is shown with its reason and its beginning, as text', async () => {
  const evil = '<img src=x onerror="window.__broken=1">';
  const answer = await fetch(new URL('/api/logs', stage.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: `not json ${evil}`,
  });
  assert.equal(answer.status, 400);
  const rejects = page.locator('.rejects');
  await until('sample', async () => (await rejects.textContent()).includes(evil));
  await stage.log([
    { message: 'from long ago', timestamp: '2001-01-01T00:00:00Z', service: 'archive' },
    { message: 'of today', service: 'archive' },
  ]);
  await until('too old', async () => /too_old.*from long ago/s.test(await rejects.textContent()));
  assert.equal(await page.evaluate(() => window.__broken), undefined);
});

realTest('a line of ten megabytes is refused or cut, and breaks no page', async () => {
  const line = `huge ${'x'.repeat(10_000_000)}`;
  await fetch(new URL('/api/logs', stage.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([{ message: line, service: 'huge' }]),
  });
  await stage.log([{ message: `huge ${'y'.repeat(200_000)}`, service: 'huge' }]);
  await stage.open('#/search?q=huge');
  const row = page.locator('.found-list .row-message', { hasText: 'huge' });
  await row.first().waitFor();
  for (const length of await row.evaluateAll((cells) => cells.map((cell) => cell.textContent.length))) {
    assert.ok(length <= 2001, `${length}`);
  }
  await row.first().click();
  await page.locator('.details').waitFor();
  await stage.open('#/system');
  await until('system', async () => (await page.locator('.fact').count()) > 10);
});

test('a server that does not tell of itself is told, and asked again', async () => {
  await page.route(/\/api\/system/, (route) => route.abort());
  await page.reload();
  await until('told', async () =>
    /cannot be shown/.test(await page.locator('[data-part=trouble]').textContent()),
  );
  await page.unroute(/\/api\/system/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await fact('version').waitFor();
});

test('retention is changed, kept, and given back', async () => {
  await stage.open('#/settings');
  await retention('keep_days').waitFor();
  await retention('keep_days').locator('input').fill('365');
  await retention('keep_days').getByRole('button', { name: 'Save' }).click();
  await until('saved', async () => /Now set here.*Saved/.test(await retention('keep_days').textContent()));
  assert.equal((await stage.get('/api/settings')).retention.keep_days.value, 365);
  await page.reload();
  await until('kept', async () => (await retention('keep_days').locator('input').inputValue()) === '365');
});

test('what takes records away is asked for twice', async () => {
  await retention('keep_days').locator('input').fill('200');
  const save = retention('keep_days').getByRole('button', { name: /Save/ });
  await save.click();
  assert.equal((await stage.get('/api/settings')).retention.keep_days.value, 365);
  assert.match(await save.textContent(), /records beyond it go for good/);
  await save.click();
  await until('saved', async () => (await stage.get('/api/settings')).retention.keep_days.value === 200);
  await retention('keep_days').getByRole('button', { name: 'Back to the default' }).click();
  await until('default', async () => /Now the default/.test(await retention('keep_days').textContent()));
});

test('a value that cannot be is told in the server’s words', async () => {
  await retention('keep_days').locator('input').fill('many');
  await retention('keep_days').locator('input').press('Enter');
  await until('no number', async () => /not a whole number/.test(await retention('keep_days').textContent()));
  await retention('keep_days').locator('input').fill('99999');
  await retention('keep_days').getByRole('button', { name: 'Save' }).click();
  await until('refused', async () => /36\D?500/.test(await retention('keep_days').textContent()));
});

realTest('what a flag said cannot be changed here, and it says which', async () => {
  const line = retention('keep_mib');
  assert.ok(await line.locator('input').isDisabled());
  assert.match(await line.textContent(), /--keep-mib/);
});

let admin = '';

realTest('the first key is shown once, and the page signs in with it', async () => {
  await page.getByLabel('Name of a new key').fill(unique('admin'));
  await page.getByRole('button', { name: 'Make key' }).click();
  const made = page.locator('[data-part=key-made]');
  await made.waitFor();
  admin = await made.locator('code').textContent();
  assert.match(admin, /^dlogs_[0-9a-f]{8}_[0-9a-f]{64}$/);
  assert.match(await made.textContent(), /signed in with it/);
  const answer = await fetch(new URL('/api/stats', stage.url));
  assert.equal(answer.status, 401);
  await page.reload();
  await page.locator('.key-list li').waitFor();
  assert.ok(!(await page.locator('body').textContent()).includes(admin));
});

let reader = '';

realTest('a key has the scopes that were chosen', async () => {
  await page.getByLabel('Name of a new key').fill('a reader');
  await page.getByRole('checkbox', { name: 'ingest' }).uncheck();
  assert.ok(await page.getByRole('button', { name: 'Make key' }).isDisabled());
  await page.getByRole('checkbox', { name: 'read' }).check();
  await page.getByRole('button', { name: 'Make key' }).click();
  reader = await page.locator('[data-part=key-made] code').textContent();
  const line = page.locator('.key-list li', { hasText: 'a reader' });
  assert.match(await line.textContent(), /read/);
  const get = (path) => fetch(new URL(path, stage.url), { headers: { Authorization: `Bearer ${reader}` } });
  assert.equal((await get('/api/stats')).status, 200);
  assert.equal((await get('/api/keys')).status, 403);
  await page.getByRole('button', { name: 'Done' }).click();
});

realTest('the key is copied', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Make key' }).click();
  await page.getByRole('button', { name: 'Copy key' }).click();
  await page.getByText('Copied').waitFor();
  const text = await page.locator('[data-part=key-made] code').textContent();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
});

realTest('signing out asks for a key; one that only reads says what it may not do', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('.login').waitFor();
  await page.getByLabel('API key').fill(reader);
  await page.keyboard.press('Enter');
  await page.locator('main').waitFor();
  await stage.open('#/settings');
  const trouble = page.locator('.keys [data-part=trouble]');
  await trouble.waitFor();
  assert.match(await trouble.textContent(), /key of the scope admin/);
  await retention('keep_days').locator('input').fill('400');
  await retention('keep_days').getByRole('button', { name: 'Save' }).click();
  await until('told', async () =>
    /Only a key of the scope admin/.test(await retention('keep_days').textContent()),
  );
});

realTest('a removed key is refused from then on', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('API key').fill(admin);
  await page.keyboard.press('Enter');
  await page.locator('.nav').waitFor();
  await stage.open('#/settings');
  const line = page.locator('.key-list li', { hasText: 'a reader' });
  await line.getByRole('button').click();
  await line.getByRole('button').click();
  await until('gone', async () => (await line.count()) === 0);
  const answer = await fetch(new URL('/api/stats', stage.url), {
    headers: { Authorization: `Bearer ${reader}` },
  });
  assert.equal(answer.status, 401);
});

test('a theme and a zone are chosen, and remembered', async () => {
  await stage.open('#/settings');
  await page.getByRole('radio', { name: 'Light' }).check();
  await page.getByRole('radio', { name: 'UTC', exact: true }).check();
  await page.reload();
  await until('light', () => page.evaluate(() => document.documentElement.dataset.theme === 'light'));
  await until('utc', () => page.getByRole('radio', { name: 'UTC', exact: true }).isChecked());
});
