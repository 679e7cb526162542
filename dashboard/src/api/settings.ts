/** What an administrator changes: API keys, retention. And what every reader may: saved views. */
import { request } from './http';

export const SCOPES = ['ingest', 'read', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Key {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly last4: string;
  /** RFC 3339. */
  readonly created: string;
}

export interface NewKey extends Key {
  /** The whole key. Only this answer ever holds it. */
  readonly key: string;
}

export type Source = 'default' | 'flag' | 'page';

export interface Setting {
  readonly value: number;
  readonly set_by: Source;
}

export const RETENTIONS = ['keep_days', 'keep_mib', 'keep_free_mib'] as const;
export type Retention = (typeof RETENTIONS)[number];

export interface ServerSettings {
  readonly retention: Readonly<Record<Retention, Setting>>;
}

export interface View {
  readonly name: string;
  /** The page's own address: `q=timeout&from=1h`. */
  readonly query: string;
  readonly created_ms: number;
}

function json(method: string, body: unknown): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

export async function listKeys(): Promise<readonly Key[]> {
  return (await request<{ readonly keys: readonly Key[] }>('/api/keys')).keys;
}

export function makeKey(name: string, scopes: readonly Scope[]): Promise<NewKey> {
  return request<NewKey>('/api/keys', json('POST', { name, scopes }));
}

export function removeKey(id: string): Promise<void> {
  return request<void>(`/api/keys/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

export function readSettings(): Promise<ServerSettings> {
  return request<ServerSettings>('/api/settings');
}

/** Null gives a value back to the flag or the default. */
export function writeRetention(name: Retention, value: number | null): Promise<ServerSettings> {
  return request<ServerSettings>('/api/settings', json('PUT', { retention: { [name]: value } }));
}

export async function listViews(): Promise<readonly View[]> {
  return (await request<{ readonly views: readonly View[] }>('/api/views')).views;
}

export function saveView(name: string, query: string): Promise<View> {
  return request<View>(`/api/views/${encodeURIComponent(name)}`, json('PUT', { query }));
}

export function removeView(name: string): Promise<void> {
  return request<void>(`/api/views/${encodeURIComponent(name)}`, { method: 'DELETE' });
}

/** Ends the session of this browser; the next request is asked for a key. */
export function logout(): Promise<void> {
  return request<void>('/api/session', { method: 'DELETE' });
}
