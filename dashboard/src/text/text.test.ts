import { describe, expect, it } from 'vitest';
import type { Row } from '../api/types';
import { languageColour, languageLabel } from './language';
import { block, LINE_CHARS, oneLine, plainLine, tail } from './line';
import { bytes, count, percent, rate, short } from './numbers';
import { age, ago, clock, duration } from './time';

describe('numbers', () => {
  it('groups by thousands with thin gaps', () => {
    expect([0, 999, 1284, 12_480, 1_000_000].map(count)).toEqual([
      '0',
      '999',
      '1\u202f284',
      '12\u202f480',
      '1\u202f000\u202f000',
    ]);
  });
  it('gives rates one decimal only where it matters', () => {
    expect([0, 0.2, 9.94, 9.96, 12.4].map(rate)).toEqual(['0', '0.2', '9.9', '10', '12']);
  });
  it('never calls something nothing', () => {
    expect([percent(0, 10), percent(1, 100_000), percent(1, 100), percent(1, 2), percent(1, 0)]).toEqual([
      '0%',
      '<0.1%',
      '1.0%',
      '50%',
      '0%',
    ]);
  });
  it('shortens for axes and bytes', () => {
    expect([950, 1200, 12_000, 3.4e6].map(short)).toEqual(['950', '1.2k', '12k', '3.4M']);
    expect([12, 1536, 268_435_456].map(bytes)).toEqual(['12\u202fB', '1.5\u202fKiB', '256\u202fMiB']);
  });
});

describe('times', () => {
  it('tells ages and durations in words', () => {
    expect([500, 12_000, 240_000, 1e7, 2e8].map(age)).toEqual(['now', '12 s', '4 m', '2 h', '2 d']);
    expect([ago(0), ago(5000)]).toEqual(['now', '5 s ago']);
    expect([340, 12_000, 250_000, 11_100_000, 187_200_000].map(duration)).toEqual([
      '340 ms',
      '12 s',
      '4 m 10 s',
      '3 h 05 m',
      '2 d 4 h',
    ]);
  });
  it('reads nanoseconds without losing milliseconds', () => {
    expect(clock('1763830000123456789')).toMatch(/^\d\d:\d\d:40\.123$/);
    expect(clock('nonsense')).toBe('--:--:--.---');
  });
});

describe('text from strangers', () => {
  it('is one bounded visible line', () => {
    expect(oneLine('a\nb\u0000\u001b[31m')).toBe('a⏎b␀␛[31m');
    expect(oneLine('x\u202egnp.exe')).toBe('x⟨U+202E⟩gnp.exe');
    expect(oneLine('x'.repeat(10_000_000))).toHaveLength(LINE_CHARS + 1);
  });
  it('keeps joiners that scripts and emoji need', () => {
    expect(oneLine('👩\u200d💻 می\u200cخواهم')).toBe('👩\u200d💻 می\u200cخواهم');
  });
  it('keeps line breaks in a block', () => {
    expect(block('a\n\tb\u0007')).toBe('a\n\tb␇');
  });
  it('shows metadata behind the message, cut', () => {
    const row: Row = {
      id: '1',
      time: 't',
      time_ns: '1',
      level: 'INFO',
      message: 'm',
      language: 'go',
      metadata: { a: 1, b: { c: [null] }, d: 'x'.repeat(9000) },
    };
    expect(tail(row)).toMatch(/^a=1 b=\{"c":\[null\]\} d=x+…$/);
    expect(tail(row).length).toBeLessThan(700);
    expect(plainLine({ ...row, metadata: { a: 1 } })).toBe('t INFO go m {"a":1}');
  });
});

describe('languages', () => {
  it('have a name and a steady colour, known or not', () => {
    expect([languageLabel('node'), languageLabel('zig'), languageLabel(undefined)]).toEqual([
      'Node.js',
      'zig',
      'unknown',
    ]);
    expect(languageColour('zig')).toBe(languageColour('Zig'));
    expect(languageColour('zig')).toBeGreaterThanOrEqual(7);
  });
});
