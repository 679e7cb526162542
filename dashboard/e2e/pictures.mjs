/** Takes the two pictures of the README: a real server of its own, the demos of every language, a minute of their traffic. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startClients } from './clients.mjs';
import { openStage } from './stage.mjs';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const MINUTE_MS = 75_000;
const SIZE = { width: 1280, height: 860 };

await mkdir(FOLDER, { recursive: true });
const stage = await openStage({ own: { args: [], fake: { FAKE_RATE: '90' } }, ...SIZE, theme: 'dark' });
const clients = stage.isFake ? null : await startClients(stage.url);
try {
  const { page } = stage;
  await stage.open('#/overview');
  await stage.live();
  await page.locator('.card').first().waitFor({ timeout: 60_000 });
  await page.getByRole('radio', { name: '1 m', exact: true }).check();
  await page.waitForTimeout(MINUTE_MS);
  await page.screenshot({ path: `${FOLDER}overview-dark.png` });

  await page.mouse.move(640, 24);
  await page.emulateMedia({ colorScheme: 'light' });
  await stage.open('#/live');
  await stage.live();
  await page.locator('.facet-value').first().waitFor();
  await page.waitForTimeout(3_000);
  await page.screenshot({ path: `${FOLDER}live-light.png` });
} finally {
  await clients?.stop();
  await stage.close();
}
