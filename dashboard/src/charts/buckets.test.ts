import { expect, it } from 'vitest';
import { barPaths, totals } from './buckets';

const LAYERS = [
  { key: 'ERROR', label: 'ERROR', token: '--level-error', values: [0, 1] },
  { key: 'INFO', label: 'INFO', token: '--level-info', values: [2, 4] },
];

it('stacks bars up to the top, and draws none for nothing', () => {
  expect(totals(LAYERS, 2)).toEqual([2, 5]);
  const [error, info] = barPaths(LAYERS, 2, 5);
  expect(error).toBe('M1.08 1.0000V0.8000h.84V1.0000Z');
  expect(info).toBe('M0.08 1.0000V0.6000h.84V1.0000ZM1.08 0.8000V0.0000h.84V0.8000Z');
});
