/** The live socket: opens it, hands over frames, and notices when it has died silently. It never reconnects. */
import type { Frame } from './types';

/** `stats` comes once a second; this long without any frame, the connection is dead whatever TCP says. */
const SILENCE_MS = 12_000;

export interface SocketEvents {
  frame(frame: Frame): void;
  /** Called once, whatever ended the socket. */
  closed(): void;
}

export interface Socket {
  send(message: string): void;
  close(): void;
}

function parse(text: unknown): Frame | null {
  if (typeof text !== 'string') return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value ? (value as Frame) : null;
  } catch {
    return null;
  }
}

export function openSocket(path: string, events: SocketEvents): Socket {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  let over = false;
  let watchdog = 0;

  const end = (): void => {
    if (over) return;
    over = true;
    clearTimeout(watchdog);
    socket.close();
    events.closed();
  };
  const heard = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(end, SILENCE_MS);
  };

  heard();
  socket.onmessage = (message) => {
    if (over) return;
    heard();
    const frame = parse(message.data);
    if (frame !== null) events.frame(frame);
  };
  socket.onclose = end;
  socket.onerror = end;

  return {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    close: () => {
      over = true;
      clearTimeout(watchdog);
      socket.close();
    },
  };
}
