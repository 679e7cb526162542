import { expect, it } from 'vitest';
import { canName, choiceOf, choose, terms, writeValue } from './terms';

const written = (text: string) =>
  terms(text).map(({ negated, field, value }) => `${negated ? '-' : ''}${field ?? ''}|${value}`);

it('reads words, phrases, fields, patterns, paths and what is not finished', () => {
  expect(written('timeout -"timed out" service:pay* level:>=warning')).toEqual([
    '|timeout',
    '-|"timed out"',
    'service|pay*',
    'level|>=warning',
  ]);
  expect(written('/a b/ x:/re x/ y:"a \\" b" -path:/health')).toEqual([
    '|/a b/',
    'x|/re x/',
    'y|"a \\" b"',
    '-path|/health',
  ]);
  expect(written('host: "open')).toEqual(['host|', '|"open']);
  expect(written(': - x:')).toEqual(['|:', '-|', 'x|']);
});

it('ends whatever is typed', () => {
  for (const text of ['"', '/', '-', ':', '::', '/a/b', '"a"b:c', '-:', 'a:"', '\\', '/\\', '😀:😀'])
    expect(terms(text).reduce((sum, term) => sum + term.to - term.from, 0)).toBe(text.length);
});

it('quotes what would be read as something else', () => {
  expect(writeValue('pay-1.eu')).toBe('pay-1.eu');
  expect(writeValue('a b')).toBe('"a b"');
  expect(writeValue('*')).toBe('"*"');
  expect(writeValue('>5')).toBe('">5"');
  expect(writeValue('/re/')).toBe('"/re/"');
  expect(writeValue('a"\\')).toBe('"a\\"\\\\"');
  expect(writeValue('')).toBe('""');
});

it('includes, turns around, and takes away', () => {
  const once = choose('timeout', 'service', 'a b', 'include');
  expect(once).toBe('timeout service:"a b"');
  expect(choiceOf(once, 'service', 'a b')).toBe('include');
  expect(choose(once, 'service', 'a b', 'exclude')).toBe('timeout -service:"a b"');
  expect(choose(once, 'service', 'a b', 'include')).toBe('timeout');
});

it('lets another value of the same field give way, and keeps what is excluded', () => {
  expect(choose('-host:x host:a', 'host', 'b', 'include')).toBe('-host:x host:b');
  expect(choose('-host:x', 'host', 'y', 'exclude')).toBe('-host:x -host:y');
});

it('leaves alone what the language cannot name', () => {
  expect(canName('a b')).toBe(false);
  expect(canName('http.path')).toBe(true);
  expect(choose('x', 'a:b', '1', 'include')).toBe('x');
});
