/** The server's state on one line, at the bottom of every page. */
import { type JSX, Show } from 'solid-js';
import { useSession } from '../session/session';
import { bytes, count, plural } from '../text/numbers';
import { duration } from '../text/time';
import { Meter } from './meter';

function Item(props: { readonly name: string; readonly title?: string; readonly children: JSX.Element }) {
  return (
    <span class="strip-item" title={props.title}>
      <span class="strip-name">{props.name}</span> {props.children}
    </span>
  );
}

function delay(value: number | null | undefined): string {
  return value == null ? '–' : duration(value);
}

export function StatusStrip() {
  const session = useSession();
  const last = () => session.stats().last;
  return (
    <footer class="strip-frame">
      <section class="strip" tabindex="0" aria-label="The server in short">
        <Show when={last()} fallback={<span class="strip-item">No word from the server yet</span>}>
          {(stats) => (
            <>
              <Item name="in">
                <b>{count(stats().rate)}/s</b>
              </Item>
              <Item name="stored">{count(stats().totals.stored)}</Item>
              <Item name="rejected">
                <span classList={{ bad: stats().totals.rejected > 0 }}>{count(stats().totals.rejected)}</span>
              </Item>
              <Item name="lost" title="Declared lost by clients, each with its reason">
                <span classList={{ bad: stats().totals.lost > 0 }}>{count(stats().totals.lost)}</span>
              </Item>
              <Item name="delay" title="From the record's time to the store: p50 · p99">
                {delay(stats().ingest_delay_ms.p50)} · {delay(stats().ingest_delay_ms.p99)}
              </Item>
              <span class="spring" />
              <Item name="queue" title={plural(stats().queue.batches, 'batch', 'batches')}>
                <Meter value={stats().queue.bytes} max={stats().queue.max_bytes} />{' '}
                {bytes(stats().queue.bytes)}
              </Item>
              <Item name="disk free">
                {stats().disk.free_bytes === null ? '–' : bytes(stats().disk.free_bytes ?? 0)}
              </Item>
              <Item name="viewers">{count(stats().viewers)}</Item>
              <Item name="dlogs">{session.hello()?.server ?? '–'}</Item>
            </>
          )}
        </Show>
      </section>
    </footer>
  );
}
