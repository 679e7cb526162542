/** Asks for an API key when the server wants one. */
import { createSignal, onMount, Show } from 'solid-js';
import { login } from '../api/login';
import { useSession } from '../session/session';

export function Login() {
  const session = useSession();
  const [key, setKey] = createSignal('');
  const [problem, setProblem] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  let input: HTMLInputElement | undefined;
  onMount(() => input?.focus());

  const enter = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await login(key().trim());
      session.connection.retry();
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'That did not work.');
    } finally {
      setBusy(false);
    }
  };

  return (
    <main class="centre">
      <form class="panel login" onSubmit={(event) => void enter(event)}>
        <h1>This server asks for a key</h1>
        <p class="dim">
          A key with the scope <code>read</code>. On the server's machine:{' '}
          <code>dlogs keys add --scope read</code>
        </p>
        <label>
          <span>API key</span>
          <input
            ref={input}
            type="password"
            autocomplete="current-password"
            required
            value={key()}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        <p class="login-problem bad" role="alert">
          <Show when={problem()}>{problem()}</Show>
        </p>
        <button type="submit" class="button primary" disabled={busy() || key().trim() === ''}>
          Enter
        </button>
      </form>
    </main>
  );
}
