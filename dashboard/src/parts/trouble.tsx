/** An answer that did not come: what is wrong and what to do, in the place where the answer would stand. */
import { Show } from 'solid-js';
import type { ApiError } from '../api/http';

interface Props {
  readonly error: ApiError;
  /** What could not be had: "The state of the server". */
  readonly what: string;
  onAgain(): void;
}

function todo(error: ApiError): string {
  if (error.reason === 'scope') {
    return 'The key that this page signed in with may not do this. Sign out, and in again with a key of the scope admin.';
  }
  if (error.status === 401) return 'Sign in again: the key of this page is not known any more.';
  if (error.status === 404) return 'This server is older than the page and does not tell this. Update it.';
  if (error.reason === 'unreachable') return 'The server does not answer. The page goes on trying.';
  return 'Try again; the server’s own log says more.';
}

export function Trouble(props: Props) {
  return (
    <div class="trouble" role="alert" data-part="trouble">
      <p>
        <b>{props.what} cannot be shown.</b> {props.error.message}
      </p>
      <p class="dim">{todo(props.error)}</p>
      <Show when={props.error.reason !== 'scope'}>
        <button type="button" class="button" onClick={() => props.onAgain()}>
          Try again
        </button>
      </Show>
    </div>
  );
}
