import { expect, it } from 'vitest';
import { EVERYTHING } from '../api/query';
import { formatRoute, HOME, parseRoute, turnTo } from './route';

it('goes through the address bar and back', () => {
  const route = {
    page: 'live' as const,
    filter: { q: 'path:/a?b&c "x y" ü', level: 'error', language: 'go', service: '' },
    own: { from: '15m', id: '17-ab.0-3' },
  };
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

it('is the overview for anything unknown', () => {
  expect(parseRoute('')).toEqual(HOME);
  expect(parseRoute('#/nowhere?x=1')).toEqual({ page: 'overview', filter: EVERYTHING, own: { x: '1' } });
});

it('forgets what only the old page understood', () => {
  const route = parseRoute('#/search?q=a&from=1h');
  expect(formatRoute(turnTo(route, 'live'))).toBe('#/live?q=a');
});
