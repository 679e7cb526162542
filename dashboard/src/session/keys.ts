/** The keyboard: one table of keys, their meaning in words (for the help), and what they do. */
import type { Entry, RowEntry } from '../state/live';
import { PAGES, type Page, turnTo } from '../state/route';
import type { Session } from './session';

export interface KeyHelp {
  readonly keys: readonly string[];
  readonly does: string;
}

export const KEY_HELP: readonly KeyHelp[] = [
  { keys: ['/'], does: 'Write a filter' },
  { keys: ['Space'], does: 'Pause, or jump to live' },
  { keys: ['j', 'k'], does: 'Next, previous record' },
  { keys: ['Enter'], does: 'Open or close its details' },
  { keys: ['Esc'], does: 'Close what is open, cancel a search, jump to live' },
  { keys: ['←', '→'], does: 'On a histogram: its bars, with Shift several; Enter takes their time' },
  { keys: ['r'], does: 'Search again, on Search' },
  { keys: ['1', '–', '6'], does: 'Overview, Live, Search, Clients, System, Settings' },
  { keys: ['Ctrl', 'K'], does: 'Everything, by its name' },
  { keys: ['?'], does: 'This list' },
];

function isRow(entry: Entry): entry is RowEntry {
  return entry.kind === 'row';
}

function move(session: Session, step: number): void {
  const { view } = session;
  view.dispatch({ type: 'pause', reason: 'row' });
  const rows = view.live().shown.filter(isRow);
  const at = rows.findIndex((entry) => entry.key === view.cursor());
  const next = at < 0 ? rows.length - 1 : Math.max(0, Math.min(rows.length - 1, at + step));
  const entry = rows[next];
  if (entry === undefined) return;
  view.setCursor(entry.key);
  if (view.open() !== null) view.setOpen(entry.row);
}

function toggleDetails(session: Session): void {
  const { view } = session;
  if (view.open() !== null) return void view.setOpen(null);
  const entry = view
    .live()
    .shown.filter(isRow)
    .find((candidate) => candidate.key === view.cursor());
  if (entry !== undefined) view.setOpen(entry.row);
}

export function jumpToLive(session: Session): void {
  session.view.setOpen(null);
  session.view.setCursor(null);
  session.view.dispatch({ type: 'resume' });
}

function stepBack(session: Session): void {
  if (session.help()) session.setHelp(false);
  else if (session.view.open() !== null) session.view.setOpen(null);
  else jumpToLive(session);
}

export function togglePause(session: Session): void {
  if (session.view.live().pause === null) session.view.dispatch({ type: 'pause', reason: 'button' });
  else jumpToLive(session);
}

/** Pages that have a filter bar. */
export const FILTERED: ReadonlySet<Page> = new Set(['overview', 'live', 'search']);

function focusFilter(session: Session): void {
  const { page } = session.route();
  if (!FILTERED.has(page)) session.go(turnTo(session.route(), 'live'));
  queueMicrotask(() => document.querySelector<HTMLInputElement>('#filter')?.focus());
}

type Action = (session: Session) => void;

function turn(page: Page): Action {
  return (session) => session.go(turnTo(session.route(), page));
}

/** Pages with the live stream; the others have other uses for these keys, or none. */
const STREAMED: ReadonlySet<Page> = new Set(['overview', 'live']);

const STREAM_ACTIONS: Readonly<Record<string, Action>> = {
  ' ': togglePause,
  j: (session) => move(session, 1),
  k: (session) => move(session, -1),
  ArrowDown: (session) => move(session, 1),
  ArrowUp: (session) => move(session, -1),
  Enter: toggleDetails,
  Escape: stepBack,
};

const ACTIONS: Readonly<Record<string, Action>> = {
  '?': (session) => session.setHelp(!session.help()),
  '/': focusFilter,
  ...Object.fromEntries(PAGES.map((page, at) => [String(at + 1), turn(page)])),
};

/** Keys that a focused button, link or list needs for itself. */
const OWN_KEYS = new Set([' ', 'Enter', 'ArrowDown', 'ArrowUp']);

function belongsElsewhere(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('input, textarea, select, [contenteditable]')) return true;
  return OWN_KEYS.has(event.key) && target.matches('button, a, summary, [role=tab]');
}

function actionOf(session: Session, event: KeyboardEvent): Action | undefined {
  const chord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (chord && event.key.toLowerCase() === 'k') return (opened) => opened.setPalette(!opened.palette());
  if (belongsElsewhere(event) || session.palette()) return undefined;
  const onStream = STREAMED.has(session.route().page) || session.help();
  return ACTIONS[event.key] ?? (onStream ? STREAM_ACTIONS[event.key] : undefined);
}

export function onKey(session: Session, event: KeyboardEvent): void {
  const action = actionOf(session, event);
  if (action === undefined) return;
  event.preventDefault();
  action(session);
}
