/** What is kept and for how long: the words of each setting and the check of what is typed. Pure; the server decides. */
import type { Retention, Setting, Source } from '../api/settings';

export interface RetentionWords {
  readonly title: string;
  readonly unit: string;
  readonly note: string;
  /** The flag of `dlogs serve` that sets it too. */
  readonly flag: string;
}

export const RETENTION_WORDS: Readonly<Record<Retention, RetentionWords>> = {
  keep_days: {
    title: 'Age',
    unit: 'days',
    note: 'Parts go when all of their records are older.',
    flag: '--keep-days',
  },
  keep_mib: {
    title: 'Size',
    unit: 'MiB',
    note: 'The oldest parts go when all of them are larger. 0 sets no bound.',
    flag: '--keep-mib',
  },
  keep_free_mib: {
    title: 'Free disk',
    unit: 'MiB',
    note: 'The oldest parts go when less than this is free. 0 turns it off.',
    flag: '--keep-free-mib',
  },
};

const SOURCES: Readonly<Record<Source, string>> = {
  default: 'the default',
  flag: 'set by a flag at the start',
  page: 'set here',
};

export function sourceWords(name: Retention, setting: Setting): string {
  return setting.set_by === 'flag'
    ? `set by ${RETENTION_WORDS[name].flag}; cannot be changed here`
    : SOURCES[setting.set_by];
}

/** The whole number that was typed; null when it is none. */
export function readWhole(text: string): number | null {
  const digits = text.trim().replaceAll(/[\s\u202f_]/g, '');
  const value = Number(digits);
  return /^\d{1,15}$/.test(digits) && Number.isSafeInteger(value) ? value : null;
}

/** Whether it takes records away that would have been kept: asked for twice. */
export function takesAway(name: Retention, before: number, after: number): boolean {
  if (name === 'keep_days') return after < before;
  if (name === 'keep_mib') return after !== 0 && (before === 0 || after < before);
  return after > before;
}
