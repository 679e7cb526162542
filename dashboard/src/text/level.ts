/** Levels as words and signs: colour is never the only difference between two rows. */

interface LevelWords {
  readonly label: string;
  readonly sign: string;
  /** Suffix of the CSS class and of the colour token. */
  readonly name: string;
}

const WORDS: Readonly<Record<string, LevelWords>> = {
  TRACE: { label: 'TRACE', sign: '·', name: 'trace' },
  DEBUG: { label: 'DEBUG', sign: '○', name: 'debug' },
  INFO: { label: 'INFO', sign: '●', name: 'info' },
  WARNING: { label: 'WARN', sign: '▲', name: 'warning' },
  ERROR: { label: 'ERROR', sign: '✕', name: 'error' },
  CRITICAL: { label: 'CRIT', sign: '◆', name: 'critical' },
};

const UNKNOWN: LevelWords = { label: '?', sign: '?', name: 'debug' };

export function levelWords(level: string): LevelWords {
  return WORDS[level] ?? UNKNOWN;
}
