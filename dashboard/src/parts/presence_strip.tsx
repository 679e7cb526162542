/** A client's last hour, from left to right: shape and colour for what it was, nothing where nobody saw. */
import { For } from 'solid-js';
import { type History, interruptions, sinceMs, strip } from '../state/presence';
import { plural } from '../text/numbers';
import { duration } from '../text/time';

interface Props {
  readonly history: History;
  readonly presence: string;
  readonly nowMs: number;
}

/** Silence is half as high and failure full: height says what colour says. */
const HEIGHTS: Readonly<Record<string, number>> = {
  connected: 6,
  silent: 12,
  failed: 16,
  gone: 3,
  closed: 2,
};
const HIGHEST = 16;

export function PresenceStrip(props: Props) {
  const since = (): string => {
    const ms = sinceMs(props.history);
    return ms === null
      ? 'not seen since the server’s start'
      : `for ${duration(Math.max(0, props.nowMs - ms))}`;
  };
  const broken = (): number => interruptions(props.history, props.nowMs);
  return (
    <span class="history">
      <svg
        class="history-strip"
        viewBox={`0 0 1 ${HIGHEST}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`The last hour: ${props.presence} ${since()}, ${plural(broken(), 'interruption')}`}
      >
        <For each={strip(props.history, props.nowMs)}>
          {(piece) => (
            <rect
              class={`history-${piece.presence}`}
              x={piece.from}
              width={piece.width}
              y={HIGHEST - (HEIGHTS[piece.presence] ?? HIGHEST)}
              height={HEIGHTS[piece.presence] ?? HIGHEST}
            />
          )}
        </For>
      </svg>
      <span class="dim" aria-hidden="true">
        {since()}
      </span>
    </span>
  );
}
