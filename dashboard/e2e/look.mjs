/** Looks at a page as a careful reader does, and as axe does. Evaluated by the debugger, which the page's policy does not bind. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { until } from './stage.mjs';

const INSPECT = await readFile(new URL('./inspect.js', import.meta.url), 'utf8');
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Text that is cut or covered; empty when all is well. */
export function look(page) {
  return page.evaluate(`(() => { ${INSPECT}; return inspect(); })()`);
}

/** Fails with what is cut or covered. While rows move a glance may fall between two frames, but what is wrong stays wrong. */
export async function looksWell(page, isMeant = () => true) {
  let last;
  const well = async () => {
    last = (await look(page)).filter(isMeant);
    return last.length === 0;
  };
  await until('nothing to complain of', well).catch(() => assert.fail(last.slice(0, 12).join('\n')));
}

/** What axe calls serious or critical, with the first elements of each kind. */
export async function findings(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { resultTypes: ['violations'], rules: { region: { enabled: false } } }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html.slice(0, 140))
          .slice(0, 6)
          .join(' | ')}`,
    );
}
