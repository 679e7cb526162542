/** The past of one client's presence as a strip of the last hour. What nobody saw is left empty. Pure. */
import type { Presence } from '../api/types';

export const STRIP_MS = 3_600_000;

export type History = readonly (readonly [number, Presence])[];

export interface Stretch {
  readonly presence: Presence;
  readonly fromMs: number;
  readonly toMs: number;
}

export function stretches(history: History, nowMs: number): readonly Stretch[] {
  return history.map(([fromMs, presence], at) => ({
    presence,
    fromMs,
    toMs: Math.max(fromMs, history[at + 1]?.[0] ?? nowMs),
  }));
}

export interface Piece {
  readonly presence: Presence;
  /** From 0, an hour ago, to 1, now. */
  readonly from: number;
  readonly width: number;
}

/** Shorter than this share would not be seen: a silence of seconds is drawn as wide as a line. */
const LEAST = 0.008;

export function strip(history: History, nowMs: number): readonly Piece[] {
  const place = (ms: number): number => Math.max(0, Math.min(1, 1 - (nowMs - ms) / STRIP_MS));
  return stretches(history, nowMs)
    .filter(({ toMs }) => toMs > nowMs - STRIP_MS)
    .map(({ presence, fromMs, toMs }) => {
      const width = Math.max(LEAST, place(toMs) - place(fromMs));
      return { presence, from: Math.min(place(fromMs), 1 - width), width };
    });
}

/** How often it was not connected within the last hour, its end in good order aside. */
export function interruptions(history: History, nowMs: number): number {
  return stretches(history, nowMs).filter(
    ({ presence, toMs }) =>
      toMs > nowMs - STRIP_MS && (presence === 'silent' || presence === 'failed' || presence === 'gone'),
  ).length;
}

/** Since when it has been what it is; null when nobody saw it become that. */
export function sinceMs(history: History): number | null {
  return history.at(-1)?.[0] ?? null;
}
