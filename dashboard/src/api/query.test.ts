import { expect, it } from 'vitest';
import { EVERYTHING, filterToParams, markPosition, viewMessage } from './query';

it('marks the place that the server complains of', () => {
  expect(markPosition('a /b( c', 2)).toEqual({ before: 'a ', at: '/', after: 'b( c' });
  expect(markPosition('path:', 5)).toEqual({ before: 'path:', at: ' ', after: '' });
  expect(markPosition('😀 (', 2)).toEqual({ before: '😀 ', at: '(', after: '' });
  expect(markPosition('x', -4)).toEqual({ before: '', at: 'x', after: '' });
});

it('sends empty fields, so that a view can be widened', () => {
  expect(JSON.parse(viewMessage(EVERYTHING, 200))).toEqual({
    type: 'view',
    q: '',
    level: '',
    language: '',
    service: '',
    budget: 200,
  });
});

it('leaves empty fields out of the address', () => {
  expect(filterToParams({ ...EVERYTHING, q: 'a b' }).toString()).toBe('q=a+b');
});
