/** Every page in both themes on a desk and on a phone: no text cut or covered, nothing that axe finds serious. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startClients } from './clients.mjs';
import { findings, looksWell } from './look.mjs';
import { openStage } from './stage.mjs';

const PAGES = ['overview', 'live', 'search', 'clients', 'system', 'settings'];
/** What each page must have before it is looked at. */
const READY = {
  overview: '.row',
  live: '.row',
  search: '.row',
  clients: 'main.clients',
  system: 'main.system',
  settings: 'main.settings',
};

let clients;
for (const width of [1440, 390]) {
  for (const theme of ['dark', 'light']) {
    describe(`${theme} at ${width} px`, () => {
      let stage;
      before(async () => {
        stage = await openStage({ width, height: width < 500 ? 844 : 900, theme });
        if (!stage.isFake) clients ??= await startClients(stage.url);
        const levels = ['INFO', 'WARNING', 'ERROR', 'CRITICAL', 'DEBUG', 'TRACE'];
        await stage.log(
          Array.from({ length: 60 }, (_, at) => ({
            level: levels[at % 6],
            message: `looked at ${at}`,
            language: 'python',
            service: 'a-service-with-quite-a-long-name-indeed',
            error:
              at % 6 === 2
                ? {
                    type: 'TimeoutError',
                    message: 'late',
                    stack: `x\n  at ${'deep.'.repeat(60)}y (z.js:1:2)`,
                  }
                : undefined,
          })),
        );
      });
      after(async () => {
        await stage.close();
        assert.deepEqual(stage.problems, []);
      });

      for (const name of PAGES) {
        test(`${name}: no text is cut or covered`, async () => {
          await stage.open(`#/${name}`);
          await stage.live();
          await stage.page.locator(READY[name]).first().waitFor({ state: 'attached', timeout: 20_000 });
          await looksWell(stage.page);
        });

        test(`${name}: axe finds nothing serious`, async () => {
          assert.deepEqual(await findings(stage.page), []);
        });
      }

      test('details and palette too', async () => {
        await stage.open('#/live?q=service:a-service-with-quite-a-long-name-indeed');
        await stage.live();
        await stage.page.locator('.row-error').first().waitFor();
        // Paused first: a row that moves away under the hand is another test's matter.
        await stage.page.locator('.pause').click();
        // One with a stack whose lines are longer than any screen is wide.
        await stage.page.locator('.row-error').last().click();
        await stage.page.locator('.details .stack').waitFor();
        await looksWell(stage.page);
        assert.deepEqual(await findings(stage.page), []);
        await stage.page.keyboard.press('Control+k');
        await stage.page.locator('.palette-line').first().waitFor();
        assert.deepEqual(await findings(stage.page), []);
      });
    });
  }
}
after(async () => clients?.stop());
