/** The page's name, its pages, notices in a place of their own, and the connection. */
import { createEffect, For, on, Show } from 'solid-js';
import { useSession } from '../session/session';
import { tally } from '../state/clients';
import { formatRoute, PAGES, turnTo } from '../state/route';
import { THEMES, type Theme } from '../state/settings';
import { PAGE_TITLES } from '../text/pages';
import { LinkMark } from './link_mark';
import { Notices } from './notices';

const THEME_SIGNS: Readonly<Record<Theme, string>> = { system: '◐', dark: '●', light: '○' };

function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
}

export function Header() {
  const session = useSession();
  let nav: HTMLElement | undefined;
  const failed = (): number => tally(session.clients()).failed;
  const theme = () => session.settings().theme;

  // Where not all pages fit side by side, the one that is shown is among those that do.
  createEffect(
    on(
      () => session.route().page,
      () =>
        queueMicrotask(() => {
          const current = nav?.querySelector<HTMLElement>('[aria-current]');
          nav?.scrollTo({ left: (current?.offsetLeft ?? 0) - nav.clientWidth / 2 });
        }),
    ),
  );

  return (
    <header class="header">
      <a class="brand" href="#/overview" aria-label="DistributedLogs">
        <img src="/mark.svg" alt="" width="20" height="20" />
        <span>DistributedLogs</span>
      </a>
      <nav class="nav" aria-label="Pages" ref={nav}>
        <For each={PAGES}>
          {(page) => (
            <a
              href={formatRoute(turnTo(session.route(), page))}
              aria-current={session.route().page === page ? 'page' : undefined}
            >
              {PAGE_TITLES[page]}
              <Show when={page === 'clients' && failed() > 0}>
                <span class="nav-badge" title="Clients that report failure">
                  {failed()}
                </span>
              </Show>
            </a>
          )}
        </For>
      </nav>
      <Notices />
      <LinkMark />
      <button
        type="button"
        class="button palette-button"
        title="Everything, by its name (Ctrl-K)"
        aria-label="Commands, Ctrl K"
        onClick={() => session.setPalette(true)}
      >
        <kbd>Ctrl K</kbd>
      </button>
      <button
        type="button"
        class="button icon"
        title={`Theme: ${theme()}`}
        aria-label={`Theme: ${theme()}`}
        onClick={() => session.choose({ theme: nextTheme(theme()) })}
      >
        {THEME_SIGNS[theme()]}
      </button>
      <button
        type="button"
        class="button icon"
        title="Keys (?)"
        aria-label="Keys"
        onClick={() => session.setHelp(true)}
      >
        ?
      </button>
    </header>
  );
}
