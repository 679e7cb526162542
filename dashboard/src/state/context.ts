/** What lies around one record: how far, along which thread, and in which order it is shown. Pure. */
import type { Context } from '../api/search';
import type { Row } from '../api/types';

export const SAMES = ['stream', 'service', 'host', 'component', 'trace_id', 'all'] as const;
export type Same = (typeof SAMES)[number];

export const SAME_WORDS: Readonly<Record<Same, string>> = {
  stream: 'Process',
  service: 'Service',
  host: 'Host',
  component: 'Component',
  trace_id: 'Trace',
  all: 'Everything',
};

/** The server gives no more on one side. */
export const MOST_AROUND = 500;
const FIRST_AROUND = 50;

export interface Reach {
  readonly before: number;
  readonly after: number;
}

export const FIRST_REACH: Reach = { before: FIRST_AROUND, after: FIRST_AROUND };

export function sameOf(text: string | undefined): Same | null {
  return SAMES.find((same) => same === text) ?? null;
}

/** The threads that can be followed from this record. */
export function sames(row: Row): readonly Same[] {
  return SAMES.filter((same) => same === 'all' || (row[same] ?? '') !== '');
}

export function further(reach: Reach, side: keyof Reach): Reach {
  return { ...reach, [side]: Math.min(MOST_AROUND, reach[side] * 5) };
}

/** True when the server may have more on that side than it was asked for. */
export function hasMore(context: Context, reach: Reach, side: keyof Reach): boolean {
  return context[side].length >= reach[side] && reach[side] < MOST_AROUND;
}

/** Oldest first, as it happened. */
export function inOrder(context: Context): readonly Row[] {
  return [...context.before.toReversed(), context.record, ...context.after];
}
