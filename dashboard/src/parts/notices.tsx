/** What everybody must know, on every page, in a place that is always reserved: the gravest first. */
import { createMemo, Show } from 'solid-js';
import type { Session } from '../session/session';
import { useSession } from '../session/session';
import { turnTo } from '../state/route';
import { languageLabel } from '../text/language';
import { duration } from '../text/time';

interface Notice {
  readonly mood: 'bad' | 'warn';
  readonly text: string;
  readonly action?: { readonly label: string; press(): void };
}

function linkNotice(session: Session): Notice | null {
  const link = session.connection.link();
  if (link.phase === 'connecting' && link.attempt > 0) {
    return { mood: 'bad', text: 'Connection lost. Trying again…' };
  }
  if (link.phase !== 'waiting') return null;
  const inMs = link.retryAtMs - (session.nowMs() - session.stats().skewMs);
  return {
    mood: 'bad',
    text: `${link.lostAtMs === null ? 'No server answers' : 'Connection lost'}. Next try in ${duration(Math.max(1000, inMs))}`,
    action: { label: 'Try now', press: session.connection.retry },
  };
}

function failedNotice(session: Session): Notice | null {
  const failed = session.clients().filter((client) => client.presence === 'failed');
  const first = failed[0];
  if (first === undefined) return null;
  const who = `${languageLabel(first.language)} client ${first.service ?? ''}`.trim();
  const others = failed.length > 1 ? ` and ${failed.length - 1} more` : '';
  return {
    mood: 'warn',
    text: `${who}${others} cannot send and reports failure`,
    action: { label: 'Show', press: () => session.go(turnTo(session.route(), 'clients')) },
  };
}

function troubleNotice(session: Session): Notice | null {
  const trouble = session.stats().last?.trouble ?? null;
  return trouble === null ? null : { mood: 'bad', text: `Server in trouble: ${trouble}` };
}

export function Notices() {
  const session = useSession();
  const notice = createMemo(() => linkNotice(session) ?? troubleNotice(session) ?? failedNotice(session));
  return (
    <div class="notices" role="alert" data-part="notice">
      <Show when={notice()}>
        {(current) => (
          <p class={`notice notice-${current().mood}`} title={current().text}>
            <span class="notice-text">{current().text}</span>
            <Show when={current().action}>
              {(action) => (
                <button type="button" class="button" onClick={() => action().press()}>
                  {action().label}
                </button>
              )}
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}
