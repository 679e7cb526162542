/** Which page is shown, with which filter and which parameters of its own, to and from the URL's hash. */
import { EVERYTHING, FILTER_KEYS, type Filter, filterFromParams, filterToParams } from '../api/query';

export const PAGES = ['overview', 'live', 'search', 'clients', 'system', 'settings'] as const;
export type Page = (typeof PAGES)[number];

/** What only one page understands, such as a time range or the record that is open. Empty values are left out. */
export type Own = Readonly<Record<string, string>>;

export interface Route {
  readonly page: Page;
  /** Kept from page to page. */
  readonly filter: Filter;
  /** Forgotten when the page is left. */
  readonly own: Own;
}

export const HOME: Route = { page: 'overview', filter: EVERYTHING, own: {} };

/** The same filter on another page. */
export function turnTo(route: Route, page: Page): Route {
  return { page, filter: route.filter, own: {} };
}

/** `#/live?q=timeout&level=error`; anything unknown is the overview. */
export function parseRoute(hash: string): Route {
  const body = hash.replace(/^#\/?/, '');
  const cut = body.indexOf('?');
  const path = cut < 0 ? body : body.slice(0, cut);
  const params = new URLSearchParams(cut < 0 ? '' : body.slice(cut + 1));
  const page = PAGES.find((name) => name === path) ?? 'overview';
  const own = [...params].filter(([key, value]) => value !== '' && !FILTER_KEYS.some((name) => name === key));
  return { page, filter: filterFromParams(params), own: Object.fromEntries(own) };
}

export function formatRoute(route: Route): string {
  const params = filterToParams(route.filter);
  for (const [key, value] of Object.entries(route.own)) if (value !== '') params.set(key, value);
  const query = params.toString();
  return `#/${route.page}${query === '' ? '' : `?${query}`}`;
}
