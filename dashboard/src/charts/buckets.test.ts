import { expect, it } from 'vitest';
import { barPaths, hitsLayers, totals } from './buckets';

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

const HITS = { field: 'level', start_ms: 0, step_ms: 1000, buckets: 2, total: 7, partial: false };

it('has the worst level at the bottom', () => {
  const hits = [
    { value: 'INFO', total: 6, counts: [2, 4] },
    { value: 'ERROR', total: 1, counts: [0, 1] },
  ];
  const layers = hitsLayers({ ...HITS, hits, other: null });
  expect(layers.map((layer) => layer.key)).toEqual(['ERROR', 'INFO']);
});

it('tells the rest and the absent apart from values', () => {
  const hits = [{ value: '', total: 1, counts: [1, 0] }];
  const layers = hitsLayers({ ...HITS, field: 'service', hits, other: { total: 1, counts: [0, 1] } });
  expect(layers.map((layer) => layer.label)).toEqual(['no service', 'others']);
});
