/** Facts in a panel: a name, its value, and a note that says what the value means. */
import { type JSX, Show } from 'solid-js';

export function Fact(props: {
  readonly name: string;
  readonly note?: JSX.Element;
  readonly children: JSX.Element;
}) {
  return (
    <div class="fact">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
      <dd class="dim">{props.note}</dd>
    </div>
  );
}

interface Props {
  readonly title: string;
  readonly note?: string;
  readonly wide?: boolean;
  readonly children: JSX.Element;
}

export function Facts(props: Props) {
  return (
    <section class="panel facts" classList={{ 'facts-wide': props.wide ?? false }} aria-label={props.title}>
      <header class="panel-head">
        <h2>{props.title}</h2>
        <Show when={props.note}>
          <span class="dim facts-note">{props.note}</span>
        </Show>
      </header>
      <dl>{props.children}</dl>
    </section>
  );
}
