/** Text from strangers made safe to lay out: one line, a bounded length, nothing invisible or reversing. */
import type { Json, Row } from '../api/types';

/** More than any screen is wide; a 10 MB message costs the list no more than this. */
export const LINE_CHARS = 2_000;
const TAIL_CHARS = 600;

const CONTROL = /\p{Cc}/gu;
/** Marks that reorder or hide text: bidi embeddings, overrides, isolates; not the joiners that scripts need. */
const HIDDEN = /[\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function picture(char: string): string {
  const code = char.charCodeAt(0);
  if (code === 0x0a) return '⏎';
  if (code === 0x09) return '  ';
  if (code === 0x7f) return '␡';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
}

function spell(char: string): string {
  return `⟨U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** One visible line of at most `max` characters of the source. */
export function oneLine(text: string, max: number = LINE_CHARS): string {
  const cut = text.length > max ? `${text.slice(0, max)}…` : text;
  return cut.replace(CONTROL, picture).replace(HIDDEN, spell);
}

/** Keeps line breaks and tabs, for the details; marks the rest. */
export function block(text: string): string {
  return text
    .replace(CONTROL, (char) => (char === '\n' || char === '\t' ? char : picture(char)))
    .replace(HIDDEN, spell);
}

function short(value: Json): string {
  if (typeof value === 'string') return value.slice(0, TAIL_CHARS);
  if (value === null || typeof value !== 'object') return String(value);
  return JSON.stringify(value).slice(0, TAIL_CHARS);
}

/** The metadata of a row as `key=value key=value`, cut before it costs anything. */
export function tail(row: Row): string {
  const parts: string[] = [];
  let length = 0;
  if (row.error?.type !== undefined) parts.push(row.error.type);
  for (const [key, value] of Object.entries(row.metadata ?? {})) {
    if (length > TAIL_CHARS) break;
    const part = `${key}=${short(value)}`;
    length += part.length;
    parts.push(part);
  }
  return oneLine(parts.join(' '), TAIL_CHARS);
}

/** A row as one plain line for the clipboard. */
export function plainLine(row: Row): string {
  const where = [row.language, row.service, row.component].filter((part) => part !== undefined).join('/');
  const meta = row.metadata === undefined ? '' : ` ${JSON.stringify(row.metadata)}`;
  return `${row.time} ${row.level} ${where} ${row.message}${meta}`;
}
