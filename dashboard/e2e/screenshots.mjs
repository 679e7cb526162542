/** Takes pictures of every page and state in both themes at 1440 and 390 px, for people to look at. Checks nothing. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openStage } from './stage.mjs';

const folder = process.argv[2] ?? 'shots';
const WIDTHS = [1440, 390];
const THEMES = ['dark', 'light'];
const SETTLE_MS = 1500;

async function pages(stage, shot) {
  for (const name of ['overview', 'live', 'search', 'clients', 'system', 'settings']) {
    await stage.open(`#/${name}`);
    await stage.live();
    await shot(name);
  }
}

async function states(stage, shot) {
  const { page } = stage;
  await stage.open('#/live');
  await stage.live();
  await stage.steer({ burst: 12_480 });
  await page.waitForTimeout(SETTLE_MS);
  await shot('burst');
  await page.locator('.stream-list').focus();
  await page.keyboard.press('Space');
  await shot('paused');
  await stage.steer({ burst: 0 });
  await page.keyboard.press('Space');
  await page.getByRole('radio', { name: 'Error+' }).check();
  await page.locator('.row').last().click();
  await shot('details');
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'All' }).check();
  await page.fill('#filter', 'service:pay* "never closed');
  await page.keyboard.press('Enter');
  await shot('mistake');
  await stage.open('#/overview');
  await stage.live();
  await page.keyboard.press('?');
  await shot('help');
  await page.keyboard.press('Escape');
  stage.relay.cut();
  await shot('lost');
  stage.relay.mend();
}

/** The search with what lies over it, a client in full, keys and views as they are made. */
async function readings(stage, shot) {
  const { page } = stage;
  await stage.open('#/search?from=15m&by=service');
  await page.locator('.found-list .row').nth(4).waitFor();
  await page.locator('.range-button').click();
  await shot('search-range');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByLabel('Name of the view').fill('Everything by service');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.views-menu .menu-item').first().waitFor();
  await shot('search-views');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await shot('search-export');
  await page.keyboard.press('Escape');
  await page.locator('.found-list .row').nth(4).click();
  await page.locator('.details').waitFor();
  await shot('search-details');
  await page.locator('.details').getByRole('link', { name: 'Context' }).click();
  await page.locator('.context .row').first().waitFor();
  await shot('search-context');
  await stage.open('#/search?q=nothing-is-like-this');
  await page.locator('.found-empty').waitFor();
  await shot('search-empty');
  await stage.open('#/search?q=service:pay*+%22never+closed');
  await shot('search-mistake');
  await stage.open('#/clients');
  await page.locator('.client-open').nth(1).click();
  await shot('client-open');
  await stage.open('#/settings');
  await page.getByLabel('Name of a new key').fill('billing in production');
  await page.getByRole('button', { name: 'Make key' }).click();
  await page.locator('[data-part=key-made]').waitFor();
  await shot('settings-key');
}

async function first(width, theme, env, name) {
  const stage = await openStage({ fakeOnly: env, width, theme });
  await stage.open('');
  await stage.page.waitForTimeout(SETTLE_MS);
  await stage.page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
  await stage.close();
}

await mkdir(folder, { recursive: true });
for (const width of WIDTHS) {
  for (const theme of THEMES) {
    const height = width < 500 ? 844 : 900;
    const stage = await openStage({ fakeOnly: { FAKE_RATE: '40' }, width, height, theme });
    const shot = async (name) => {
      await stage.page.waitForTimeout(SETTLE_MS);
      await stage.page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
    };
    await pages(stage, shot);
    await states(stage, shot);
    await stage.close();
    const reading = await openStage({ fakeOnly: { FAKE_RATE: '40' }, width, height, theme });
    await readings(reading, async (name) => {
      await reading.page.waitForTimeout(SETTLE_MS);
      await reading.page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`) });
    });
    await reading.close();
    await first(width, theme, { FAKE_RATE: '0' }, 'welcome');
    await first(width, theme, { FAKE_KEY: 'k' }, 'login');
  }
}
