/** The stream with all the room there is. */
import { StreamPanel } from '../parts/stream_panel';

export function LivePage() {
  return (
    <main class="live">
      <StreamPanel />
    </main>
  );
}
