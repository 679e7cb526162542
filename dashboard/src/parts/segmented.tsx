/** A choice of a few, side by side; works as radio buttons do. */
import { For } from 'solid-js';

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly title?: string;
}

interface Props<T> {
  readonly name: string;
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  onChoose(value: T): void;
}

export function Segmented<T extends string | number>(props: Props<T>) {
  return (
    <fieldset class="segmented">
      <legend class="unseen">{props.label}</legend>
      <For each={props.choices}>
        {(choice) => (
          <label title={choice.title}>
            <input
              type="radio"
              name={props.name}
              checked={choice.value === props.value}
              onChange={() => props.onChoose(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        )}
      </For>
    </fieldset>
  );
}
