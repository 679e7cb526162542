/** Which page is shown and with which filter, to and from the URL's hash. */
import { EVERYTHING, type Filter, filterFromParams, filterToParams } from '../api/query';

export const PAGES = ['overview', 'live', 'clients', 'system'] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  readonly page: Page;
  readonly filter: Filter;
}

export const HOME: Route = { page: 'overview', filter: EVERYTHING };

/** `#/live?q=timeout&level=error`; anything unknown is the overview. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const page = PAGES.find((name) => name === path) ?? 'overview';
  return { page, filter: filterFromParams(new URLSearchParams(query)) };
}

export function formatRoute(route: Route): string {
  const params = filterToParams(route.filter).toString();
  return `#/${route.page}${params === '' ? '' : `?${params}`}`;
}
