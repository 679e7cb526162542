/** The counters of a logger, with the names of spec/wire.md. */

import type { LostReason, RefusedReason } from './generated/losses';

/** Offered = accepted + refused; accepted = acked + lost + waiting. */
export interface Stats {
  /** Records that are, or were, in the journal. */
  accepted: number;
  /** Records that the server has on disk. */
  acked: number;
  /** Records in requests, repeated ones included. */
  sent: number;
  /** Requests that failed. */
  failed: number;
  /** Records that were sent again after a failure. */
  retried: number;
  /** Records in the journal that are neither acknowledged nor lost. */
  waiting: number;
  refused: Record<RefusedReason, number>;
  lost: Record<LostReason, number>;
  /** Bytes of request bodies, compressed. */
  bytes_sent: number;
  /** Requests, heartbeats included. */
  requests: number;
  /** What the journal rests on. */
  journal: 'disk' | 'overlay' | 'tmpfs' | 'memory';
  /** Room in use, in bytes. */
  journal_bytes: number;
  /** The room's cap, in bytes. */
  journal_max_bytes: number;
  /** A full disk, or why the journal is in memory though the disk was meant. */
  journal_trouble?: string;
  last_error?: string;
  /** RFC 3339. */
  last_error_at?: string;
  /** How long the last outage lasted that is over. */
  last_outage_ms?: number;
  /** How long the last answered request took. */
  round_trip_ms?: number;
}
