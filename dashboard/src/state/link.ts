/** The connection to the server as a pure state machine: when to try again is decided here. */

const FIRST_MS = 500;
const MAX_MS = 15_000;

export type Link =
  | { readonly phase: 'connecting'; readonly attempt: number; readonly lostAtMs: number | null }
  | { readonly phase: 'live' }
  | {
      readonly phase: 'waiting';
      readonly attempt: number;
      readonly retryAtMs: number;
      readonly lostAtMs: number | null;
    }
  /** The server wants an API key. */
  | { readonly phase: 'locked' };

export type LinkEvent =
  | { readonly type: 'opened' }
  | { readonly type: 'failed'; readonly atMs: number; readonly random: number }
  | { readonly type: 'retry' }
  | { readonly type: 'locked' };

export const NEW_LINK: Link = { phase: 'connecting', attempt: 0, lostAtMs: null };

/** Doubling with equal jitter, so that a hundred pages do not return in the same instant. */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(MAX_MS, FIRST_MS * 2 ** attempt);
  return Math.round(full / 2 + (full / 2) * random);
}

export function reduceLink(link: Link, event: LinkEvent): Link {
  switch (event.type) {
    case 'opened':
      return { phase: 'live' };
    case 'locked':
      return { phase: 'locked' };
    case 'retry':
      return link.phase === 'waiting'
        ? { phase: 'connecting', attempt: link.attempt, lostAtMs: link.lostAtMs }
        : { phase: 'connecting', attempt: 0, lostAtMs: null };
    case 'failed': {
      const attempt = 'attempt' in link ? link.attempt : 0;
      const lostAtMs = 'lostAtMs' in link ? link.lostAtMs : event.atMs;
      const retryAtMs = event.atMs + backoffMs(attempt, event.random);
      return { phase: 'waiting', attempt: attempt + 1, retryAtMs, lostAtMs };
    }
  }
}
