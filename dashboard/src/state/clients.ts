/** What the clients' own words and the server's count of them amount to. Pure; guesses nothing. */
import type { Client, Presence } from '../api/types';

/** Trouble first, so that it is seen; those that ended come last. */
const ORDER: Readonly<Record<Presence, number>> = { failed: 0, silent: 1, connected: 2, gone: 3, closed: 4 };

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Who it is, the part that people look for first. */
function nameOf(client: Client): string {
  return [
    client.language,
    client.service,
    client.component,
    client.host,
    client.started_at,
    client.stream,
  ].join('\u0000');
}

export function sortClients(clients: readonly Client[]): readonly Client[] {
  // Names are put together once: two thousand clients are sorted every second.
  return clients
    .map((client) => ({ client, rank: ORDER[client.presence] ?? 9, name: nameOf(client) }))
    .sort((a, b) => a.rank - b.rank || COLLATOR.compare(a.name, b.name))
    .map(({ client }) => client);
}

/** Ten batches: a client that has more than this waiting is behind, not busy. */
export const BACKLOG_RECORDS = 1_000;

export interface Reason {
  readonly reason: string;
  readonly count: number;
}

function reasons(by: Readonly<Record<string, number>> | undefined): Reason[] {
  return Object.entries(by ?? {})
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count);
}

export interface Account {
  /** Records that the client kept, by its own last word and by what came since; null when it never said. */
  readonly accepted: number | null;
  readonly stored: number;
  /** Accepted, and not with the server yet. */
  readonly waiting: number;
  readonly lost: readonly Reason[];
  readonly refused: readonly Reason[];
  readonly lostTotal: number;
  readonly refusedTotal: number;
  /** Numbers that the server has neither seen nor been told the fate of. */
  readonly gaps: readonly (readonly [number, number])[];
  readonly gapTotal: number;
}

/** The conservation law of one stream: accepted = stored + lost + waiting; a gap is shown as a gap. */
export function account(client: Client): Account {
  const { law, statistics } = client;
  const lost = reasons({ ...law?.lost, ...(law?.rejected ? { rejected: law.rejected } : {}) });
  const refused = reasons(statistics?.refused);
  const gaps = law?.gaps ?? [];
  const sum = (list: readonly Reason[]): number => list.reduce((total, { count }) => total + count, 0);
  const through = law?.through ?? 0;
  // A client's last word is older than the batch that brought it: what that batch held no longer waits.
  const accepted = statistics?.accepted === undefined ? null : Math.max(statistics.accepted, through);
  return {
    accepted,
    stored: law?.stored ?? 0,
    waiting: accepted === null ? (law?.waiting ?? statistics?.waiting ?? 0) : accepted - through,
    lost,
    refused,
    lostTotal: sum(lost),
    refusedTotal: sum(refused),
    gaps,
    gapTotal: gaps.reduce((total, [from, to]) => total + (to - from + 1), 0),
  };
}

export type Tally = Readonly<Record<Presence, number>>;

export function tally(clients: readonly Client[]): Tally {
  const out = { connected: 0, silent: 0, failed: 0, gone: 0, closed: 0 };
  for (const client of clients) if (client.presence in out) out[client.presence] += 1;
  return out;
}
