/** Keeps one live socket open: asks first whether a key is needed, then connects, and comes back after a loss. */
import { type Accessor, createSignal } from 'solid-js';
import { ApiError, request } from '../api/http';
import { openSocket, type Socket } from '../api/socket';
import type { Frame, HelloFrame, StatsFrame } from '../api/types';
import { type Link, type LinkEvent, NEW_LINK, reduceLink } from '../state/link';

export interface ConnectionEvents {
  stats(stats: StatsFrame): void;
  /** `lostAtMs` is set when this connection follows a lost one. */
  opened(hello: HelloFrame, lostAtMs: number | null): void;
  frame(frame: Frame): void;
  lost(atMs: number): void;
}

export interface Connection {
  readonly link: Accessor<Link>;
  send(message: string): void;
  /** Tries now instead of at the end of the wait, or after a login. */
  retry(): void;
  close(): void;
}

export function createConnection(events: ConnectionEvents): Connection {
  const [link, setLink] = createSignal<Link>(NEW_LINK);
  let socket: Socket | null = null;
  let timer = 0;
  let over = false;

  const dispatch = (event: LinkEvent): Link => setLink((old) => reduceLink(old, event));

  const failed = (): void => {
    if (over) return;
    socket = null;
    const now = Date.now();
    const next = dispatch({ type: 'failed', atMs: now, random: Math.random() });
    if (next.phase === 'waiting') timer = setTimeout(retry, next.retryAtMs - now);
  };

  const onFrame = (frame: Frame): void => {
    if (frame.type !== 'hello') {
      events.frame(frame);
      return;
    }
    const before = link();
    dispatch({ type: 'opened' });
    events.opened(frame, 'lostAtMs' in before ? before.lostAtMs : null);
  };

  const onClosed = (): void => {
    if (over) return;
    if (link().phase === 'live') events.lost(Date.now());
    failed();
  };

  const open = async (): Promise<void> => {
    try {
      // A socket cannot tell a refusal from an outage; this request can, and it brings the last 15 minutes.
      events.stats(await request<StatsFrame>('/api/stats'));
    } catch (error) {
      if (error instanceof ApiError && error.needsKey) dispatch({ type: 'locked' });
      else failed();
      return;
    }
    if (!over) socket = openSocket('/api/ws', { frame: onFrame, closed: onClosed });
  };

  function retry(): void {
    clearTimeout(timer);
    dispatch({ type: 'retry' });
    void open();
  }

  void open();

  return {
    link,
    send: (message) => socket?.send(message),
    retry: () => {
      const { phase } = link();
      if (phase === 'waiting' || phase === 'locked') retry();
    },
    close: () => {
      over = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
