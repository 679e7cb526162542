/** What is chosen for this browser alone, and the way out of its session. */
import { Show } from 'solid-js';
import { logout } from '../api/settings';
import { useSession } from '../session/session';
import { THEMES, type Theme } from '../state/settings';
import { type Zone, zoneWords } from '../text/moment';
import { type Choice, Segmented } from './segmented';

const THEME_WORDS: Readonly<Record<Theme, string>> = {
  system: 'As the system',
  dark: 'Dark',
  light: 'Light',
};
const THEME_CHOICES: readonly Choice<Theme>[] = THEMES.map((value) => ({ value, label: THEME_WORDS[value] }));
const CLOCKS: readonly Choice<string>[] = [
  { value: 'ms', label: 'Milliseconds' },
  { value: 'ns', label: 'Nanoseconds' },
];

export function BrowserPanel() {
  const session = useSession();
  const zones = (): readonly Choice<Zone>[] => [
    { value: 'local', label: `Here, ${zoneWords('local', session.nowMs())}` },
    { value: 'utc', label: 'UTC' },
  ];
  // A page that starts anew asks for a key by itself.
  const leave = (): void => void logout().finally(() => location.reload());

  return (
    <section class="panel" aria-label="This browser">
      <header class="panel-head">
        <h2>This browser</h2>
        <span class="dim">remembered here, for you</span>
      </header>
      <div class="panel-body browser">
        <span>Theme</span>
        <Segmented
          name="theme"
          label="Theme"
          value={session.settings().theme}
          choices={THEME_CHOICES}
          onChoose={(theme) => session.choose({ theme })}
        />
        <span>Time zone</span>
        <Segmented
          name="zone"
          label="Time zone"
          value={session.settings().zone}
          choices={zones()}
          onChoose={(zone) => session.choose({ zone })}
        />
        <span>Times to the</span>
        <Segmented
          name="nanos"
          label="Times of records to the"
          value={session.settings().nanos ? 'ns' : 'ms'}
          choices={CLOCKS}
          onChoose={(clock) => session.choose({ nanos: clock === 'ns' })}
        />
        <Show when={session.hello()?.auth === 'key'}>
          <span>Signed in</span>
          <span>
            <button type="button" class="button" onClick={leave}>
              Sign out
            </button>
          </span>
        </Show>
      </div>
    </section>
  );
}
