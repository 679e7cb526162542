/** Whether the page is connected, in one word that never changes its width. */
import { useSession } from '../session/session';

const WORDS = { live: 'live', connecting: 'connecting', waiting: 'offline', locked: 'locked' } as const;

export function LinkMark() {
  const session = useSession();
  const phase = () => session.connection.link().phase;
  return (
    <span class={`link link-${phase()}`} role="status" data-part="link">
      {WORDS[phase()]}
    </span>
  );
}
