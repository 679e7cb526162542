/** The record whose details the search shows, as the address bar names it: found in the list, or read by its id. */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { oneRow } from '../api/search';
import type { Row } from '../api/types';
import type { Session } from './session';

export interface Opened {
  readonly row: Accessor<Row | null>;
  /** Why the named record cannot be shown. */
  readonly problem: Accessor<string | null>;
  open(row: Row): void;
  close(): void;
}

/** `known` are the rows that need not be asked for. */
export function createOpened(session: Session, known: () => readonly Row[]): Opened {
  const [row, setRow] = createSignal<Row | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  let asked = new AbortController();

  const read = async (id: string, signal: AbortSignal): Promise<void> => {
    try {
      const found = await oneRow(id, signal);
      if (!signal.aborted) setRow(found);
    } catch (cause) {
      if (signal.aborted) return;
      setRow(null);
      setProblem(cause instanceof Error ? cause.message : 'This record could not be read.');
    }
  };
  const show = (id: string | undefined): void => {
    asked.abort();
    asked = new AbortController();
    setProblem(null);
    if (id === undefined || id === '') setRow(null);
    else if (row()?.id !== id) {
      const here = known().find((candidate) => candidate.id === id);
      if (here === undefined) void read(id, asked.signal);
      else setRow(here);
    }
  };
  createEffect(on(() => session.route().own.row, show));
  onCleanup(() => asked.abort());

  return {
    row,
    problem,
    open: (next) => {
      // Going back from details leads to the list, not through every record that was looked at.
      const push = row() === null;
      setRow(next);
      session.setOwn({ row: next.id }, push);
    },
    close: () => session.setOwn({ row: '' }),
  };
}
