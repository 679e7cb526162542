import { expect, it } from 'vitest';
import { arrangeFacets, settleFacets } from './facets';

const facet = (field: string, values: readonly string[], records = 1) => ({
  field,
  records,
  more: false,
  values: values.map((value) => ({ value, count: 1 })),
});

it('puts what everybody has first, and leaves out what nobody chooses by', () => {
  const facets = [facet('zone', ['a'], 9), facet('stream', ['x']), facet('path', ['b'], 10)];
  const all = arrangeFacets([
    ...facets,
    facet('service', ['s']),
    facet('level', ['INFO']),
    facet('empty', []),
  ]);
  expect(all.map(({ field }) => field)).toEqual(['level', 'service', 'path', 'zone']);
});

it('orders levels by weight, whatever their counts', () => {
  const [levels] = arrangeFacets([facet('level', ['INFO', 'ERROR', 'DEBUG'])]);
  expect(levels?.values.map(({ value }) => value)).toEqual(['ERROR', 'INFO', 'DEBUG']);
});

it('lets nothing jump when counts change', () => {
  const old = [facet('host', ['a', 'b'])];
  const fresh = [facet('host', ['c', 'b', 'a']), facet('zone', ['z'])];
  const settled = settleFacets(old, fresh);
  expect(settled.map(({ values }) => values.map(({ value }) => value))).toEqual([['a', 'b', 'c'], ['z']]);
});
