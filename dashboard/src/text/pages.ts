/** The names of the pages, as the header and the palette say them. */
import type { Page } from '../state/route';

export const PAGE_TITLES: Readonly<Record<Page, string>> = {
  overview: 'Overview',
  live: 'Live',
  search: 'Search',
  clients: 'Clients',
  system: 'System',
  settings: 'Settings',
};
