import { expect, it } from 'vitest';
import type { Row } from '../api/types';
import { FIRST_REACH, further, hasMore, inOrder, MOST_AROUND, sameOf, sames } from './context';

function row(message: string, more: Partial<Row> = {}): Row {
  return { id: message, time_ns: '1', time: '', level: 'INFO', message, ...more };
}

const AROUND = {
  before: [row('2'), row('1')],
  record: row('3'),
  after: [row('4'), row('5')],
  partial: false,
};

it('is told as it happened', () => {
  expect(inOrder(AROUND).map(({ message }) => message)).toEqual(['1', '2', '3', '4', '5']);
});

it('follows only threads that the record has', () => {
  expect(sames(row('x'))).toEqual(['all']);
  expect(sames(row('x', { stream: 's', service: '', host: 'h', trace_id: 't' }))).toEqual([
    'stream',
    'host',
    'trace_id',
    'all',
  ]);
  expect([sameOf('host'), sameOf('nonsense'), sameOf(undefined)]).toEqual(['host', null, null]);
});

it('reaches further on one side, up to what the server gives', () => {
  expect(further(FIRST_REACH, 'after')).toEqual({ before: 50, after: 250 });
  expect(further({ before: 250, after: 1 }, 'before')).toEqual({ before: MOST_AROUND, after: 1 });
  expect(hasMore(AROUND, { before: 2, after: 3 }, 'before')).toBe(true);
  expect(hasMore(AROUND, { before: 2, after: 3 }, 'after')).toBe(false);
});
