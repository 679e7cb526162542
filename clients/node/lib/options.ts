/** Options on their way to the core, which resolves and judges them. Only what was given explicitly is told. */

import { parse } from 'node:path';
import { OPTION_NAMES, type Options } from './generated/options';
import { native } from './native';

export type { Options } from './generated/options';

/** The options as the core reads them. A name that is not known is passed on, so that the core says what is wrong. */
export function toCore(options: Options): string {
  const explicit: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    explicit[OPTION_NAMES.get(name) ?? name] = value;
  }
  const runtime = `Node.js ${process.version.slice(1)}`;
  // What a service without a name is called: its script. There is none in `node -e` and in the console.
  const program = process.argv[1] === undefined ? '' : parse(process.argv[1]).name;
  const sdk = { language: 'node', version: native.version(), runtime, program };
  return JSON.stringify({ ...explicit, sdk }, (_, value: unknown) => (unspeakable(value) ? String(value) : value));
}

/** JSON would make nothing of it, and the core must see what was given. */
function unspeakable(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value));
}
