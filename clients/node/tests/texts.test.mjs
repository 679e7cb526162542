/** Texts of every length and script, one or many in a record: those that cross to the native half, and those that do not. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeMetadata } from '../dist/metadata.js';
import { giveBack, take } from '../dist/scratch.js';
import { shown } from './encoded.mjs';

const LENGTHS = [0, 1, 8, 9, 10, 15, 16, 17, 31, 32, 33, 48, 511, 512, 513, 600];
const CHARACTERS = { ascii: 'x', delete: '\x7f', latin: 'ÿ', control: '\x80', polish: 'ł', han: '中', emoji: '😀' };

for (const [name, character] of Object.entries(CHARACTERS)) {
  test(`${name}: a text of every length, alone, first, last, and as the message`, () => {
    for (const length of LENGTHS) {
      const text = character.repeat(length);
      for (const fields of [{ text }, { text, after: 'y'.repeat(20) }, { before: 'y'.repeat(20), text }]) {
        const row = shown(fields, `${text} logged`);
        assert.deepEqual([row.message, row.metadata], [`${text} logged`, fields]);
      }
    }
  });
}

test('one other character at every place', () => {
  for (let place = 0; place < 40; place++) {
    const text = `${'a'.repeat(place)}ł${'b'.repeat(39 - place)}`;
    assert.equal(shown({ text, after: 1 }).metadata.text, text);
  }
});

test('half a surrogate pair becomes U+FFFD', () => {
  const text = `a\ud800${'b'.repeat(20)}\udc00`;
  assert.equal(shown({ text }).metadata.text, text.toWellFormed?.() ?? text.replace(/[\ud800\udc00]/gu, '\ufffd'));
});

test('more texts than may cross', () => {
  for (const text of ['twelve bytes', 'zwölf Zeichen']) {
    const fields = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`k${n}`, `${text} ${n}`]));
    assert.deepEqual(shown(fields, text).metadata, fields);
    assert.deepEqual(shown({ fields, list: Object.values(fields) }).metadata, { fields, list: Object.values(fields) });
  }
});

test('a text that is taken back leaves its place to the next one', () => {
  const spoiled = {
    text: 'this one is taken back',
    it: {
      toString() {
        throw new Error('no');
      },
    },
    get bad() {
      throw new Error('no');
    },
    toJSON() {
      throw new Error('no');
    },
  };
  const { metadata } = shown({ before: 'stays where it is', spoiled, after: 'as does this one' });
  assert.deepEqual([metadata.before, metadata.after], ['stays where it is', 'as does this one']);
});

test('a record that found no room is given again as it was', () => {
  const body = take();
  try {
    body.begin(2, 0, 0, 'część pierwsza');
    writeMetadata(body, { city: 'Zażółć gęślą jaźń', plain: 'nothing but ASCII' });
    assert.deepEqual(body.copy(), body.copy());
  } finally {
    giveBack();
  }
});
