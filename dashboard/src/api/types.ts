/** What the server says, as spec/api.md draws it. Absent means absent; 64-bit times are strings. */

export const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
export type Level = (typeof LEVELS)[number];

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface RecordError {
  readonly type?: string;
  readonly message?: string;
  readonly stack?: string;
}

/** One record. `id` is the key to deduplicate by. */
export interface Row {
  readonly id: string;
  readonly time_ns: string;
  readonly time: string;
  readonly level: Level;
  readonly message: string;
  readonly event?: string | null;
  readonly language?: string;
  readonly service?: string;
  readonly component?: string;
  readonly environment?: string;
  readonly host?: string;
  readonly pid?: number;
  readonly stream?: string;
  readonly seq?: number;
  readonly received_ns?: string;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly logger?: string;
  readonly thread?: string;
  readonly error?: RecordError;
  readonly metadata?: { readonly [key: string]: Json };
}

export type Presence = 'connected' | 'silent' | 'failed' | 'gone' | 'closed';

export interface HelloFrame {
  readonly type: 'hello';
  readonly v: number;
  readonly server: string;
  readonly now_ms: number;
  readonly budget: number;
  readonly auth: 'open' | 'key';
}

export interface RowsFrame {
  readonly type: 'rows';
  readonly rows: readonly Row[];
  readonly matched: number;
  readonly skipped: number;
  readonly skipped_by_level?: Readonly<Record<string, number>>;
}

/** A second of the rollup: `[language, service, level, count]` each. `at` is in seconds since 1970. */
export interface Second {
  readonly at: number;
  readonly counts: readonly (readonly [string, string, string, number])[];
}

export interface LanguageStats {
  readonly language: string;
  readonly count: number;
  readonly rate: number;
  readonly errors: number;
  readonly last_seen_ms: number;
  readonly clients: Readonly<Partial<Record<Presence, number>>>;
}

export interface StatsFrame {
  readonly type: 'stats';
  readonly now_ms: number;
  readonly uptime_ms: number;
  readonly totals: Readonly<Record<'stored' | 'rejected' | 'duplicates' | 'lost' | 'expired', number>>;
  readonly rate: number;
  readonly second?: Second;
  readonly seconds?: readonly Second[];
  /** Second, p50, p99. */
  readonly delays?: readonly (readonly [number, number, number])[];
  readonly languages: readonly LanguageStats[];
  readonly levels: Readonly<Record<string, number>>;
  readonly ingest_delay_ms: { readonly p50: number | null; readonly p99: number | null };
  readonly queue: { readonly bytes: number; readonly max_bytes: number; readonly batches: number };
  readonly disk: { readonly free_bytes: number | null };
  readonly viewers: number;
  readonly trouble: string | null;
}

export interface ClientStatistics {
  readonly accepted?: number;
  readonly acked?: number;
  readonly sent?: number;
  readonly failed?: number;
  readonly retried?: number;
  readonly waiting?: number;
  readonly refused?: Readonly<Record<string, number>>;
  readonly lost?: Readonly<Record<string, number>>;
  readonly bytes_sent?: number;
  readonly requests?: number;
  readonly journal?: string;
  readonly journal_bytes?: number;
  readonly journal_max_bytes?: number;
  readonly last_error?: string | null;
  readonly last_error_at?: string | null;
  readonly last_outage_ms?: number | null;
  readonly round_trip_ms?: number | null;
}

/** What the server knows of one stream's numbers: accepted = stored + rejected + lost + waiting, gaps shown. */
export interface Law {
  readonly stored: number;
  readonly rejected: number;
  readonly lost: Readonly<Record<string, number>>;
  readonly waiting: number;
  readonly gaps: readonly (readonly [number, number])[];
  readonly through: number;
}

export interface Client {
  readonly stream: string;
  readonly language?: string;
  readonly service?: string;
  readonly component?: string;
  readonly environment?: string;
  readonly host?: string;
  readonly pid?: number;
  readonly sdk_version?: string;
  readonly runtime_version?: string;
  readonly started_at?: string;
  readonly state?: string;
  readonly activity?: string;
  readonly presence: Presence;
  readonly last_seen_ms: number;
  readonly adopted_by?: string | null;
  /** Since when it was what, oldest first; since the server's start. */
  readonly history?: readonly (readonly [number, Presence])[];
  readonly statistics?: ClientStatistics;
  readonly law?: Law;
}

export interface ClientsFrame {
  readonly type: 'clients';
  readonly clients: readonly Client[];
}

export interface ViewFrame {
  readonly type: 'view';
  readonly ok: true;
}

export interface ErrorFrame {
  readonly type: 'error';
  readonly reason: string;
  readonly error: string;
  /** The parameter that is meant; only a position in `q` can be shown in the filter. */
  readonly parameter?: string;
  readonly position?: number | null;
}

export type Frame = HelloFrame | RowsFrame | StatsFrame | ClientsFrame | ViewFrame | ErrorFrame;

export interface RowsPage {
  readonly rows: readonly Row[];
  readonly cursor: string | null;
  readonly partial: boolean;
}
