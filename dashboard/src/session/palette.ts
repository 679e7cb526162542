/** Everything that the palette can do, made of what the page knows at that moment. */

import { EVERYTHING } from '../api/query';
import type { View } from '../api/settings';
import type { Command } from '../state/palette';
import { PAGES, turnTo } from '../state/route';
import { viewHash } from '../state/saved';
import { THEMES } from '../state/settings';
import { topServices } from '../state/stats';
import { languageLabel } from '../text/language';
import { oneLine } from '../text/line';
import { PAGE_TITLES } from '../text/pages';
import { FILTERED, togglePause } from './keys';
import type { Session } from './session';

const CHARS = 80;
const LEVELS = [
  ['', 'All levels'],
  ['info', 'INFO and above'],
  ['warning', 'WARNING and above'],
  ['error', 'ERROR and above'],
] as const;

/** Shows only what the change admits, on a page that shows records. */
function only(session: Session, change: Parameters<Session['setFilter']>[0]): void {
  if (!FILTERED.has(session.route().page)) session.go(turnTo(session.route(), 'live'));
  session.setFilter(change);
}

function pages(session: Session): Command[] {
  return PAGES.map((page, at) => ({
    group: 'Page',
    label: PAGE_TITLES[page],
    hint: String(at + 1),
    run: () => session.go(turnTo(session.route(), page)),
  }));
}

function views(saved: readonly View[]): Command[] {
  return saved.map((view) => ({
    group: 'View',
    label: oneLine(view.name, CHARS),
    run: () => {
      location.hash = viewHash(view);
    },
  }));
}

function actions(session: Session): Command[] {
  const { wrap, density, zone, nanos } = session.settings();
  const state = (on: boolean): string => (on ? 'on' : 'off');
  const group = 'View of records';
  return [
    {
      group: 'Stream',
      label: session.view.live().pause === null ? 'Pause' : 'Jump to live',
      hint: 'Space',
      run: () => togglePause(session),
    },
    { group: 'Filter', label: 'Clear the filter', run: () => only(session, EVERYTHING) },
    { group, label: 'Wrap long lines', hint: state(wrap), run: () => session.choose({ wrap: !wrap }) },
    {
      group,
      label: 'Roomy lines',
      hint: state(density === 'roomy'),
      run: () => session.choose({ density: density === 'roomy' ? 'dense' : 'roomy' }),
    },
    {
      group,
      label: 'Times in UTC',
      hint: state(zone === 'utc'),
      run: () => session.choose({ zone: zone === 'utc' ? 'local' : 'utc' }),
    },
    {
      group,
      label: 'Times to the nanosecond',
      hint: state(nanos),
      run: () => session.choose({ nanos: !nanos }),
    },
    { group: 'Help', label: 'Keys and query language', hint: '?', run: () => session.setHelp(true) },
  ];
}

function choices(session: Session): Command[] {
  const { last, seconds, languages } = session.stats();
  const nowS = Math.floor((last?.now_ms ?? 0) / 1000);
  const services = topServices(seconds, nowS, seconds.length === 0 ? 0 : nowS);
  return [
    ...languages.map(({ language }) => ({
      group: 'Language',
      label: oneLine(languageLabel(language), CHARS),
      run: () => only(session, { language }),
    })),
    ...LEVELS.map(([level, label]) => ({ group: 'Level', label, run: () => only(session, { level }) })),
    ...services
      .filter(({ service }) => service !== '')
      .map(({ service }) => ({
        group: 'Service',
        label: oneLine(service, CHARS),
        run: () => only(session, { service }),
      })),
  ];
}

export function commands(session: Session, saved: readonly View[]): readonly Command[] {
  const themes = THEMES.map((theme) => ({
    group: 'Theme',
    label: `${theme.slice(0, 1).toUpperCase()}${theme.slice(1)}`,
    ...(session.settings().theme === theme ? { hint: 'now' } : {}),
    run: () => session.choose({ theme }),
  }));
  return [...pages(session), ...views(saved), ...actions(session), ...choices(session), ...themes];
}
