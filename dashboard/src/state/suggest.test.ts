import { expect, it } from 'vitest';
import { placeAt, suggestFields, suggestValues, take } from './suggest';

it('knows whether a name or a value is being written', () => {
  expect(placeAt('', 0)).toEqual({ from: 0, to: 0, field: null, written: '' });
  expect(placeAt('time -serv', 10)).toEqual({ from: 6, to: 10, field: null, written: 'serv' });
  expect(placeAt('service:pa x', 10)).toEqual({ from: 8, to: 10, field: 'service', written: 'pa' });
  expect(placeAt('service:', 8)).toEqual({ from: 8, to: 8, field: 'service', written: '' });
  expect(placeAt('level:>=wa', 10)).toEqual({ from: 8, to: 10, field: 'level', written: 'wa' });
  expect(placeAt('host:"a b', 9)).toEqual({ from: 5, to: 9, field: 'host', written: 'a b' });
  expect(placeAt('"a phra', 5)).toBeNull();
});

it('puts what begins so before what contains it, the frequent before the rare', () => {
  const fields = ['host', 'service', 'server', 'os.version', 'a b'].map((field, records) => ({
    field,
    records,
  }));
  const place = { from: 0, to: 3, field: null, written: 'ser' };
  expect(suggestFields(fields, place).map(({ insert }) => insert)).toEqual(['server:', 'service:']);
  expect(suggestFields(fields, { ...place, written: 'ver' }).map(({ label }) => label)).toEqual([
    'os.version',
    'server',
  ]);
});

it('says nothing more of a value that is complete', () => {
  const place = { from: 8, to: 11, field: 'service', written: 'pay' };
  expect(suggestValues([{ value: 'pay', count: 3 }], place)).toEqual([]);
  expect(suggestValues([{ value: 'pay out', count: 3 }], place)[0]?.insert).toBe('"pay out" ');
});

it('puts the suggestion in the place of what was written', () => {
  const text = 'a serv b';
  const place = placeAt(text, 6);
  if (place === null) throw new Error('a place');
  expect(take(text, place, 'service:')).toEqual({ text: 'a service: b', caret: 10 });
  expect(take('service:pa b', { from: 8, to: 10, field: 'service', written: 'pa' }, 'pay ')).toEqual({
    text: 'service:pay b',
    caret: 12,
  });
});
