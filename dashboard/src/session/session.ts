/** Everything that the page knows, and the one place where the server's frames become it. */
import { type Accessor, createContext, createEffect, createSignal, onCleanup, useContext } from 'solid-js';
import type { Filter } from '../api/query';
import type { Client, Frame, HelloFrame, StatsFrame } from '../api/types';
import { sortClients } from '../state/clients';
import { formatRoute, type Own, parseRoute, type Route } from '../state/route';
import { parseSettings, type Settings } from '../state/settings';
import { NO_STATS, reduceStats, type Stats } from '../state/stats';
import { type Connection, createConnection } from './connection';
import { createView, type View } from './view';

const SETTINGS_KEY = 'dlogs';

export interface Session {
  readonly connection: Connection;
  readonly view: View;
  readonly hello: Accessor<HelloFrame | null>;
  readonly stats: Accessor<Stats>;
  readonly clients: Accessor<readonly Client[]>;
  readonly route: Accessor<Route>;
  readonly settings: Accessor<Settings>;
  readonly help: Accessor<boolean>;
  readonly palette: Accessor<boolean>;
  /** The server's clock, ms since 1970, moving once a second. */
  readonly nowMs: Accessor<number>;
  go(route: Route): void;
  setFilter(change: Partial<Filter>): void;
  /** Changes parameters of the page that is shown; an empty value removes one. `push` makes a step to go back over. */
  setOwn(change: Own, push?: boolean): void;
  choose(change: Partial<Settings>): void;
  setHelp(open: boolean): void;
  setPalette(open: boolean): void;
}

const Context = createContext<Session>();
export const SessionProvider = Context.Provider;

export function useSession(): Session {
  const session = useContext(Context);
  if (session === undefined) throw new Error('useSession is called outside of SessionProvider');
  return session;
}

function readSettings(): Settings {
  try {
    return parseSettings(localStorage.getItem(SETTINGS_KEY));
  } catch {
    return parseSettings(null);
  }
}

function writeSettings(settings: Settings): void {
  try {
    localStorage.setItem(SETTINGS_KEY, JSON.stringify(settings));
  } catch {
    // A browser without storage forgets the choice, and that is all.
  }
}

export function createSession(): Session {
  const [hello, setHello] = createSignal<HelloFrame | null>(null);
  const [stats, setStats] = createSignal<Stats>(NO_STATS);
  const [clients, setClients] = createSignal<readonly Client[]>([]);
  const [route, setRoute] = createSignal<Route>(parseRoute(location.hash));
  const [settings, setSettings] = createSignal<Settings>(readSettings());
  const [help, setHelp] = createSignal(false);
  const [palette, setPalette] = createSignal(false);
  const [localMs, setLocalMs] = createSignal(Date.now());

  const onStats = (frame: StatsFrame): void => {
    setStats((old) => reduceStats(old, frame, Date.now()));
  };
  const onFrame = (frame: Frame): void => {
    if (frame.type === 'stats') onStats(frame);
    else if (frame.type === 'clients') setClients(sortClients(frame.clients));
    else view.frame(frame);
  };

  const view = createView(
    route().filter,
    (message) => connection.send(message),
    () => stats().skewMs,
  );
  const connection = createConnection({
    stats: onStats,
    opened: (frame, lostAtMs) => {
      setHello(frame);
      view.opened(frame.budget, lostAtMs);
    },
    frame: onFrame,
    lost: view.lost,
  });

  const follow = (next: Route): void => {
    // Details belong to the page that they were opened on.
    if (next.page !== route().page) view.setOpen(null);
    setRoute(next);
    view.setFilter(next.filter);
  };
  const onHash = (): void => follow(parseRoute(location.hash));
  addEventListener('hashchange', onHash);
  const ticker = setInterval(() => setLocalMs(Date.now()), 1000);

  createEffect(() => {
    const { theme } = settings();
    if (theme === 'system') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset.theme = theme;
    writeSettings(settings());
  });
  onCleanup(() => {
    removeEventListener('hashchange', onHash);
    clearInterval(ticker);
    connection.close();
  });

  return {
    connection,
    view,
    hello,
    stats,
    clients,
    route,
    settings,
    help,
    palette,
    nowMs: () => localMs() + stats().skewMs,
    go: (next) => {
      history.pushState(null, '', formatRoute(next));
      follow(next);
    },
    setFilter: (change) => {
      const next = { ...route(), filter: { ...route().filter, ...change } };
      // A search is a question that one may want to go back to; the live filter is not.
      if (next.page === 'search') history.pushState(null, '', formatRoute(next));
      else history.replaceState(null, '', formatRoute(next));
      follow(next);
    },
    setOwn: (change, push = false) => {
      const next = { ...route(), own: { ...route().own, ...change } };
      if (push) history.pushState(null, '', formatRoute(next));
      else history.replaceState(null, '', formatRoute(next));
      follow(next);
    },
    choose: (change) => setSettings((old) => ({ ...old, ...change })),
    setHelp,
    setPalette,
  };
}
