/** Reads the newest errors again whenever the server counted new ones, and not oftener than somebody can read. */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import { EVERYTHING } from '../api/query';
import { newestRows } from '../api/rows';
import { type ErrorGroup, groupErrors } from '../state/newest_errors';
import type { Session } from './session';

const REST_MS = 3_000;
const ROWS = 100;
const LOOK_BACK_MS = 24 * 3_600_000;

/** Null until the store has answered. */
export function createNewestErrors(session: Session): Accessor<readonly ErrorGroup[] | null> {
  const [groups, setGroups] = createSignal<readonly ErrorGroup[] | null>(null);
  const errors = createMemo(() => {
    const levels = session.stats().last?.levels ?? {};
    return (levels.ERROR ?? 0) + (levels.CRITICAL ?? 0);
  });
  let timer = 0;
  let resting = false;
  let over = false;

  const read = async (): Promise<void> => {
    resting = true;
    const asked = errors();
    try {
      const found = await newestRows({ ...EVERYTHING, level: 'error' }, session.nowMs() - LOOK_BACK_MS, ROWS);
      if (!over) setGroups(groupErrors(found.rows.toReversed()));
    } catch {
      // The last answer stays; the page says elsewhere that the server does not answer.
    }
    timer = setTimeout(() => {
      resting = false;
      if (!over && errors() !== asked) void read();
    }, REST_MS);
  };
  createEffect(
    on([errors, () => session.connection.link().phase], ([, phase]) => {
      if (phase === 'live' && !resting) void read();
    }),
  );
  onCleanup(() => {
    over = true;
    clearTimeout(timer);
  });
  return groups;
}
