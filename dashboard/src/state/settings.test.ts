import { expect, it } from 'vitest';
import { DEFAULTS, parseSettings } from './settings';

it('survives whatever the browser kept', () => {
  expect(parseSettings(null)).toEqual(DEFAULTS);
  expect(parseSettings('{broken')).toEqual(DEFAULTS);
  expect(parseSettings('[1]')).toEqual(DEFAULTS);
  expect(parseSettings('{"theme": "pink", "chartSpan": 60}')).toEqual({ ...DEFAULTS, chartSpan: 60 });
});
