import { expect, it } from 'vitest';
import { addBeat, NO_PACE, rates, WINDOW_MS } from './pace';

it('tells what matched and what was shown a second', () => {
  let pace = NO_PACE;
  for (let at = 0; at < WINDOW_MS; at += 100) pace = addBeat(pace, at, 1248, 20);
  expect(rates(pace, WINDOW_MS - 100)).toEqual({ matched: 12_480, shown: 200 });
});

it('is zero after the window has passed, and keeps only the window', () => {
  const old = addBeat(NO_PACE, 0, 5, 5);
  expect(rates(old, WINDOW_MS)).toEqual({ matched: 0, shown: 0 });
  expect(addBeat(old, WINDOW_MS + 1, 1, 1).beats).toHaveLength(1);
});
