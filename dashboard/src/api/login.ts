/** Trades an API key for the cookie that the page's requests and its socket carry. The key is kept nowhere. */
import { request } from './http';

export async function login(key: string): Promise<void> {
  await request<unknown>('/api/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key }),
  });
}
