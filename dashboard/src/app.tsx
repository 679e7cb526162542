/** The frame around the pages: header, one page, status strip, and what may lie over them. */
import { createMemo, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import { ClientsPage } from './pages/clients';
import { LivePage } from './pages/live';
import { Overview } from './pages/overview';
import { SearchPage } from './pages/search';
import { SettingsPage } from './pages/settings';
import { SystemPage } from './pages/system';
import { Details } from './parts/details';
import { Header } from './parts/header';
import { Help } from './parts/help';
import { Login } from './parts/login';
import { Palette } from './parts/palette';
import { StatusStrip } from './parts/status_strip';
import { onKey } from './session/keys';
import { createSession, SessionProvider } from './session/session';

export function App() {
  const session = createSession();
  const page = createMemo(() => session.route().page);
  const locked = createMemo(() => session.connection.link().phase === 'locked');
  const onKeyDown = (event: KeyboardEvent): void => onKey(session, event);
  onMount(() => addEventListener('keydown', onKeyDown));
  onCleanup(() => removeEventListener('keydown', onKeyDown));

  return (
    <SessionProvider value={session}>
      <Show when={!locked()} fallback={<Login />}>
        <Header />
        <Switch>
          <Match when={page() === 'overview'}>
            <Overview />
          </Match>
          <Match when={page() === 'live'}>
            <LivePage />
          </Match>
          <Match when={page() === 'search'}>
            <SearchPage />
          </Match>
          <Match when={page() === 'clients'}>
            <ClientsPage />
          </Match>
          <Match when={page() === 'system'}>
            <SystemPage />
          </Match>
          <Match when={page() === 'settings'}>
            <SettingsPage />
          </Match>
        </Switch>
        <StatusStrip />
        <Details />
        <Help />
        <Palette />
      </Show>
    </SessionProvider>
  );
}
