import { expect, it } from 'vitest';
import { linePath, niceTop } from './line';

it('joins neighbours, and nothing across a hole', () => {
  expect(
    linePath(
      [
        [0, 0],
        [0.04, 1],
        [1, 0.5],
      ],
      100,
      10,
    ),
  ).toBe('M0.0 10.0L4.0 0.0M100.0 5.0');
});

it('is round, and never below', () => {
  expect([0, 1, 3, 7, 12, 330, 501].map(niceTop)).toEqual([1, 1, 5, 10, 20, 500, 1000]);
});
