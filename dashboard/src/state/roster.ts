/** Which clients are listed and in which order. Pure. */
import type { Client, Presence } from '../api/types';
import { account } from './clients';

export const ORDERS = ['trouble', 'service', 'seen', 'waiting', 'lost', 'round_trip', 'started'] as const;
export type Order = (typeof ORDERS)[number];

export const ORDER_WORDS: Readonly<Record<Order, string>> = {
  trouble: 'Trouble first',
  service: 'Service',
  seen: 'Silent for longest',
  waiting: 'Most waiting',
  lost: 'Most lost or missing',
  round_trip: 'Slowest round trip',
  started: 'Started last',
};

export interface Roster {
  readonly find: string;
  /** Empty: all. */
  readonly presence: Presence | '';
  readonly order: Order;
}

const PRESENCES: readonly Presence[] = ['connected', 'silent', 'failed', 'gone', 'closed'];

export function rosterOf(own: Readonly<Record<string, string>>): Roster {
  return {
    find: own.find ?? '',
    presence: PRESENCES.find((presence) => presence === own.presence) ?? '',
    order: ORDERS.find((order) => order === own.order) ?? 'trouble',
  };
}

/** What a client can be found by, in small letters. */
function haystack(client: Client): string {
  return [
    client.language,
    client.service,
    client.component,
    client.environment,
    client.host,
    client.pid,
    client.stream,
    client.sdk_version,
    client.runtime_version,
    client.state,
    client.statistics?.last_error,
  ]
    .join(' ')
    .toLowerCase();
}

function startedMs(client: Client): number {
  const ms = Date.parse(client.started_at ?? '');
  return Number.isNaN(ms) ? 0 : ms;
}

function weight(order: Order, client: Client): number {
  switch (order) {
    case 'seen':
      return -client.last_seen_ms;
    case 'waiting':
      return account(client).waiting;
    case 'lost': {
      const { lostTotal, gapTotal, refusedTotal } = account(client);
      return lostTotal + gapTotal + refusedTotal;
    }
    case 'round_trip':
      return client.statistics?.round_trip_ms ?? -1;
    case 'started':
      return startedMs(client);
    default:
      return 0;
  }
}

/** The streams to list. All words of `find` must occur. The clients come in the order "trouble first". */
export function chosenStreams(clients: readonly Client[], roster: Roster): readonly string[] {
  const words = roster.find.toLowerCase().split(/\s+/).filter(Boolean);
  const found = clients.filter((client) => {
    if (roster.presence !== '' && client.presence !== roster.presence) return false;
    if (words.length === 0) return true;
    const text = haystack(client);
    return words.every((word) => text.includes(word));
  });
  const streams = (list: readonly Client[]): readonly string[] => list.map(({ stream }) => stream);
  if (roster.order === 'trouble') return streams(found);
  if (roster.order === 'service') {
    return streams(found.toSorted((a, b) => (a.service ?? '').localeCompare(b.service ?? '')));
  }
  return found
    .map((client) => ({ client, weight: weight(roster.order, client) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ client }) => client.stream);
}

/** Changes when the list must be put in order anew: somebody came, left, or changed presence. */
export function membership(clients: readonly Client[]): string {
  return clients.map(({ stream, presence }) => `${stream} ${presence}`).join('\n');
}
