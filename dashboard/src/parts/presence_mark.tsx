/** A client's presence as a shape and a word; what the word claims is in its title. */
import type { Presence } from '../api/types';
import { PRESENCE_MEANS } from '../text/presence';

export function PresenceMark(props: { readonly presence: Presence }) {
  return (
    <span class={`presence presence-${props.presence}`} title={PRESENCE_MEANS[props.presence]}>
      {props.presence}
    </span>
  );
}
