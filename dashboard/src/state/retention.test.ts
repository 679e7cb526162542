import { expect, it } from 'vitest';
import { readWhole, sourceWords, takesAway } from './retention';

it('reads whole numbers and nothing else', () => {
  expect(['30', ' 1 000 ', '0', '1\u202f024'].map(readWhole)).toEqual([30, 1000, 0, 1024]);
  expect(['', '-1', '1.5', '1e3', 'ten', '99999999999999999'].map(readWhole)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

it('says who set a value', () => {
  expect(sourceWords('keep_days', { value: 1, set_by: 'flag' })).toMatch(/--keep-days/);
  expect(sourceWords('keep_mib', { value: 0, set_by: 'default' })).toBe('the default');
});

it('knows what takes records away', () => {
  expect([takesAway('keep_days', 180, 30), takesAway('keep_days', 30, 180)]).toEqual([true, false]);
  expect([
    takesAway('keep_mib', 0, 100),
    takesAway('keep_mib', 100, 0),
    takesAway('keep_mib', 100, 50),
  ]).toEqual([true, false, true]);
  expect([takesAway('keep_free_mib', 10, 20), takesAway('keep_free_mib', 20, 0)]).toEqual([true, false]);
});
