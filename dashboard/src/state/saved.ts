/** Saved views: which part of the address is kept, how names are read. Pure. */
import type { View } from '../api/settings';
import { formatRoute, parseRoute, type Route } from './route';

export const NAME_CHARS = 100;

/** The address of the search without the record that happens to be open. */
export function viewQuery(route: Route): string {
  const { row: _row, same: _same, ...own } = route.own;
  const hash = formatRoute({ ...route, own });
  const cut = hash.indexOf('?');
  return cut < 0 ? '' : hash.slice(cut + 1);
}

/** The page's own address of a saved view. Whatever is stored, it leads nowhere but to the search. */
export function viewHash(view: View): string {
  return formatRoute(parseRoute(`#/search?${view.query}`));
}

export function sortViews(views: readonly View[]): readonly View[] {
  return views.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** What is wrong with a name; null when nothing is. */
export function nameProblem(name: string): string | null {
  const length = [...name.trim()].length;
  if (length === 0) return 'A view needs a name.';
  return length > NAME_CHARS ? `A name has at most ${NAME_CHARS} characters; this one has ${length}.` : null;
}

/** A name to begin with: what is searched, in short. */
export function suggestedName(route: Route): string {
  const { q, level, language, service } = route.filter;
  return [service, language, level === '' ? '' : `${level}+`, q]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 60);
}
