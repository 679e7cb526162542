/** Looks at a page as a careful reader does, and as axe does. Evaluated by the debugger, which the page's policy does not bind. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const INSPECT = await readFile(new URL('./inspect.js', import.meta.url), 'utf8');
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Text that is cut or covered; empty when all is well. */
export function look(page) {
  return page.evaluate(`(() => { ${INSPECT}; return inspect(); })()`);
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
