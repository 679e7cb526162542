/** What the server says of itself: `GET /api/system`. */
import { request } from './http';

export interface Reject {
  readonly at_ms: number;
  readonly reason: string;
  readonly error: string;
  readonly language?: string | null;
  readonly service?: string | null;
  readonly stream?: string | null;
  /** Its first characters, as they came. */
  readonly excerpt?: string | null;
}

export interface Limit {
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
}

export interface SystemState {
  readonly version: string;
  readonly now_ms: number;
  readonly started_ms: number;
  readonly uptime_ms: number;
  readonly role: string;
  readonly queue: { readonly bytes: number; readonly max_bytes: number; readonly batches: number };
  readonly parts: {
    readonly count: number;
    readonly bytes: number;
    readonly index_bytes: number;
    readonly records: number;
    readonly oldest_ms: number | null;
    readonly newest_ms: number | null;
    /** Damaged, and kept for a person to look at. */
    readonly set_aside: number;
  };
  readonly disk: {
    readonly free_bytes: number | null;
    readonly total_bytes: number | null;
    readonly min_free_bytes: number;
  };
  readonly memory: { readonly resident_bytes: number | null };
  readonly viewers: { readonly count: number; readonly max: number | null };
  readonly rejects: {
    readonly total: number;
    readonly by_reason: Readonly<Record<string, number>>;
    /** Newest first. */
    readonly samples: readonly Reject[];
  };
  readonly limits: readonly Limit[];
  readonly trouble: string | null;
}

export function systemState(signal: AbortSignal): Promise<SystemState> {
  return request<SystemState>('/api/system', { signal });
}
