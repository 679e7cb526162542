/** Words for the search page that its tests share: what the list, the summary and the histogram show. Checks nothing. */
import { until } from './stage.mjs';

export function foundOf(stage) {
  const { page } = stage;
  const rows = () => page.locator('.found-list .row:not(.row-day)');
  const summary = () => page.locator('[data-part=summary]');
  const total = async () => {
    const text = (await summary().textContent()) ?? '';
    const digits = /([\d\u202f]+) records?/.exec(text)?.[1];
    return digits === undefined ? null : Number(digits.replaceAll('\u202f', ''));
  };
  return {
    rows,
    summary,
    total,
    row: (text) => page.locator('.found-list .row', { hasText: text }),
    messages: () => page.locator('.found-list .row-message').allTextContents(),
    async open(query) {
      await stage.open(`#/search?${query}`);
      await page.locator('main.search').waitFor();
    },
    /** Waits until the search is done and counts exactly so many. */
    counts: (wanted) => until(`${wanted} records`, async () => (await total()) === wanted),
    /** Parameters of the address. */
    own: () => new URLSearchParams(new URL(page.url()).hash.split('?')[1] ?? ''),
  };
}
