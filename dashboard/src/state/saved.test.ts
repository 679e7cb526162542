import { expect, it } from 'vitest';
import { EVERYTHING } from '../api/query';
import type { View } from '../api/settings';
import type { Route } from './route';
import { nameProblem, sortViews, suggestedName, viewHash, viewQuery } from './saved';

const ROUTE: Route = {
  page: 'search',
  filter: { ...EVERYTHING, q: 'a b', level: 'error' },
  own: { from: '15m', row: 'id', same: 'stream' },
};

function view(name: string, query = ''): View {
  return { name, query, created_ms: 0 };
}

it('keeps the question, not the record that is open', () => {
  expect(viewQuery(ROUTE)).toBe('q=a+b&level=error&from=15m');
  expect(viewQuery({ page: 'search', filter: EVERYTHING, own: {} })).toBe('');
});

it('opens as the same question', () => {
  expect(viewHash(view('x', viewQuery(ROUTE)))).toBe('#/search?q=a+b&level=error&from=15m');
});

it('leads to the search and nowhere else, whatever somebody stored', () => {
  for (const query of ['javascript:alert(1)', '//evil.example', '#/settings', '" onclick="x"']) {
    expect(viewHash(view('x', query))).toMatch(/^#\/search(\?|$)/);
  }
});

it('sorts by name', () => {
  expect(sortViews([view('b'), view('a')]).map(({ name }) => name)).toEqual(['a', 'b']);
});

it('says what is wrong with a name', () => {
  expect(nameProblem(' ')).toMatch(/needs a name/);
  expect(nameProblem('x'.repeat(101))).toMatch(/at most 100/);
  expect(nameProblem('Errors of today')).toBeNull();
});

it('suggests a name', () => {
  expect(suggestedName(ROUTE)).toBe('error+ a b');
});
