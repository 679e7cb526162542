import { expect, it } from 'vitest';
import { heatPaths, SHADES, shadeOf } from './heat';

it('shows a little beside much, and nothing as nothing', () => {
  expect(shadeOf(0, 100)).toBe(-1);
  expect(shadeOf(1, 10_000)).toBe(0);
  expect(shadeOf(100, 100)).toBe(SHADES.length - 1);
});

it('draws each cell once', () => {
  const paths = heatPaths([0, 1, 100], 100);
  expect(paths.join('').match(/M/g)).toHaveLength(2);
  expect(paths[4]).toBe('M2.06 0h.88v1h-.88Z');
});
