/** How fast records match and how many of them are shown, over a short sliding window. */

/** Long enough to be steady with frames every 100 ms, short enough to follow a burst. */
export const WINDOW_MS = 2_000;

interface Beat {
  readonly atMs: number;
  readonly matched: number;
  readonly shown: number;
}

export interface Pace {
  readonly beats: readonly Beat[];
}

export interface Rates {
  /** Records a second that matched the view. */
  readonly matched: number;
  /** Records a second that the server sent. */
  readonly shown: number;
}

export const NO_PACE: Pace = { beats: [] };

export function addBeat(pace: Pace, atMs: number, matched: number, shown: number): Pace {
  const recent = pace.beats.filter((beat) => beat.atMs > atMs - WINDOW_MS);
  return { beats: [...recent, { atMs, matched, shown }] };
}

export function rates(pace: Pace, nowMs: number): Rates {
  let matched = 0;
  let shown = 0;
  for (const beat of pace.beats) {
    if (beat.atMs <= nowMs - WINDOW_MS) continue;
    matched += beat.matched;
    shown += beat.shown;
  }
  const seconds = WINDOW_MS / 1000;
  return { matched: Math.round(matched / seconds), shown: Math.round(shown / seconds) };
}
