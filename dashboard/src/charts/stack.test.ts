import { expect, it } from 'vitest';
import { countSecond } from '../state/stats';
import { cumulate, layers } from './stack';

const SECONDS = [
  countSecond({
    at: 9,
    counts: [
      ['go', 's', 'INFO', 4],
      ['go', 's', 'ERROR', 1],
      ['zig', 's', 'INFO', 2],
    ],
  }),
];

it('stacks levels with the worst at the bottom', () => {
  const stack = layers('level', SECONDS, ['go', 'zig'], 10, 2);
  expect(stack[0]?.key).toBe('CRITICAL');
  expect(cumulate(stack).at(-1)).toEqual([0, 7]);
  expect(cumulate(stack)[1]).toEqual([0, 1]);
});

it('has a layer for every language, of whatever name', () => {
  const stack = layers('language', SECONDS, ['go', 'zig'], 10, 2);
  expect(stack.map((layer) => [layer.key, layer.values])).toEqual([
    ['go', [0, 5]],
    ['zig', [0, 2]],
  ]);
});

it('folds the ninth language and more into one', () => {
  const names = Array.from({ length: 10 }, (_, at) => `l${at}`);
  const stack = layers('language', [], names, 10, 2);
  expect(stack).toHaveLength(8);
  expect(stack.at(-1)?.key).toBe('others');
});
