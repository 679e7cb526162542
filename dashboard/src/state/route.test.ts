import { expect, it } from 'vitest';
import { EVERYTHING } from '../api/query';
import { formatRoute, HOME, parseRoute } from './route';

it('goes through the address bar and back', () => {
  const route = {
    page: 'live' as const,
    filter: { q: 'path:/a?b&c "x y" ü', level: 'error', language: 'go', service: '' },
  };
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

it('is the overview for anything unknown', () => {
  expect(parseRoute('')).toEqual(HOME);
  expect(parseRoute('#/nowhere?x=1')).toEqual({ page: 'overview', filter: EVERYTHING });
});
