/** Asks the same question again and again while the page is looked at; the last answer stays when the next one fails. */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { type ApiError, asApiError } from '../api/http';

export interface Poll<T> {
  readonly answer: Accessor<T | null>;
  /** What went wrong the last time; null when nothing did. */
  readonly problem: Accessor<ApiError | null>;
  /** Asks at once. */
  again(): void;
}

export function createPoll<T>(ask: (signal: AbortSignal) => Promise<T>, everyMs: number): Poll<T> {
  const [answer, setAnswer] = createSignal<T | null>(null);
  const [problem, setProblem] = createSignal<ApiError | null>(null);
  const over = new AbortController();
  let timer = 0;

  const once = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      const said = await ask(over.signal);
      if (over.signal.aborted) return;
      setAnswer(() => said);
      setProblem(null);
    } catch (cause) {
      if (over.signal.aborted) return;
      setProblem(asApiError(cause));
    }
    timer = setTimeout(later, everyMs);
  };
  // A page that nobody looks at asks nothing.
  const later = (): void => {
    if (document.hidden) timer = setTimeout(later, everyMs);
    else void once();
  };
  void once();
  onCleanup(() => {
    over.abort();
    clearTimeout(timer);
  });
  return { answer, problem, again: () => void once() };
}
