import { expect, it } from 'vitest';
import type { Limit } from '../api/system';
import { limitName, limitValue } from './limit';

function words(name: string, value: number | null, unit: string): string {
  const limit: Limit = { name, value, unit };
  return `${limitName(limit)}: ${limitValue(limit)}`;
}

it('says what is bounded and by how much', () => {
  expect(words('record_bytes', 262_144, 'bytes')).toBe('record: 256\u202fKiB');
  expect(words('record_age_ms', 180 * 86_400_000, 'ms')).toBe('record age: 180 days');
  expect(words('query_timeout_ms', 5000, 'ms')).toBe('query timeout: 5 s');
  expect(words('viewers', 256, 'viewers')).toBe('viewers: 256');
  expect(words('batch', 10_000, 'records')).toBe('batch: 10\u202f000 records');
  expect(words('viewers', null, 'viewers')).toBe('viewers: none');
});
