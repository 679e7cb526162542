import { expect, it } from 'vitest';
import type { Client, Presence } from '../api/types';
import { account, sortClients, tally } from './clients';

function client(stream: string, presence: Presence, more: Partial<Client> = {}): Client {
  return { stream, presence, last_seen_ms: 0, ...more };
}

it('puts trouble first and what has ended last', () => {
  const list = (['closed', 'connected', 'silent', 'gone', 'failed'] as const).map((name) =>
    client(name, name),
  );
  expect(sortClients(list).map((entry) => entry.stream)).toEqual([
    'failed',
    'silent',
    'connected',
    'gone',
    'closed',
  ]);
});

it('gives an account of every number of a stream', () => {
  const sums = account(
    client('a', 'connected', {
      statistics: { accepted: 120, refused: { journal_full: 3, closed: 0 } },
      law: {
        stored: 90,
        rejected: 2,
        lost: { torn: 1, expired: 7 },
        waiting: 50,
        gaps: [
          [5, 9],
          [12, 12],
        ],
        through: 106,
      },
    }),
  );
  expect(sums.lost).toEqual([
    { reason: 'expired', count: 7 },
    { reason: 'rejected', count: 2 },
    { reason: 'torn', count: 1 },
  ]);
  expect(sums.lostTotal).toBe(10);
  expect(sums.refused).toEqual([{ reason: 'journal_full', count: 3 }]);
  expect(sums.gapTotal).toBe(6);
  expect([sums.accepted, sums.waiting]).toEqual([120, 14]);
});

it('adds up while records come in faster than a client speaks of itself', () => {
  const law = { stored: 150, rejected: 0, lost: {}, waiting: 50, gaps: [], through: 150 };
  expect(
    account(client('a', 'connected', { statistics: { accepted: 140, waiting: 50 }, law })),
  ).toMatchObject({
    accepted: 150,
    stored: 150,
    waiting: 0,
  });
});

it('says that it does not know what a client never told', () => {
  expect(account(client('a', 'connected'))).toMatchObject({
    accepted: null,
    stored: 0,
    waiting: 0,
    gapTotal: 0,
  });
});

it('counts by presence', () => {
  expect(tally([client('a', 'failed'), client('b', 'failed'), client('c', 'gone')])).toMatchObject({
    failed: 2,
    gone: 1,
  });
});
