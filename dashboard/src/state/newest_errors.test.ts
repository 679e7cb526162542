import { expect, it } from 'vitest';
import type { Row } from '../api/types';
import { groupErrors } from './newest_errors';

const row = (id: string, message: string, service = 's'): Row => ({
  id,
  message,
  service,
  level: 'ERROR',
  time: '',
  time_ns: '1',
});

it('tells the same error once, with the newest and how many there are', () => {
  const rows = [row('3', 'order 17 failed'), row('2', 'other'), row('1', 'order 4 failed')];
  expect(groupErrors(rows).map((group) => [group.row.id, group.count])).toEqual([
    ['3', 2],
    ['2', 1],
  ]);
});

it('keeps apart what another service says', () => {
  expect(groupErrors([row('2', 'x', 'a'), row('1', 'x', 'b')])).toHaveLength(2);
});
