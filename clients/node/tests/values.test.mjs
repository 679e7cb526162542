/** Every value that a user can pass comes through, or is cut visibly. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { encoded, shown, shownText } from './encoded.mjs';

const CUT = '…';

class Order {
  constructor(id, lines) {
    this.id = id;
    this.lines = lines;
  }
}

class Said {
  toString() {
    return 'said';
  }
}

class Throws {
  toString() {
    throw new RangeError('no');
  }
}

class ThrowsNothing {
  toString() {
    throw undefined;
  }
}

class Json {
  constructor(value) {
    this.value = value;
  }

  toJSON() {
    return this.value;
  }
}

class JsonThrows {
  toJSON() {
    throw new TypeError('no');
  }
}

class JsonItself {
  name = 'me';

  toJSON() {
    return this;
  }
}

class Tagged {
  get [Symbol.toStringTag]() {
    return 'Tagged';
  }
}

class Sub extends Array {}

class Text extends String {}

const getter = {
  good: 1,
  get bad() {
    throw new TypeError('no');
  },
  after: 2,
};

const hostile = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('no keys');
    },
    getPrototypeOf() {
      throw new Error('no prototype');
    },
    get() {
      throw new Error('no value');
    },
  },
);

const revoked = Proxy.revocable({}, {});
revoked.revoke();

function nested(depth) {
  return depth === 0 ? 'end' : { d: nested(depth - 1) };
}

function inItself() {
  const around = { n: 1 };
  around.self = around;
  return around;
}

function listInItself() {
  const around = [1];
  around.push(around);
  return around;
}

function throughEachOther() {
  const one = {};
  one.two = { one: [one] };
  return one;
}

const sparse = Array(3);
sparse[0] = 1;
sparse[2] = 3;

const withNothing = Object.assign(Object.create(null), { a: 1 });
const ofAnotherRealm = vm.runInNewContext(
  '({ map: new Map([["a", 1]]), date: new Date(0), error: new TypeError("far") })',
);

const VALUES = [
  [null, null],
  [undefined, null],
  [true, true],
  [false, false],
  [0, 0],
  [-0, -0],
  [-7, -7],
  [2 ** 31 - 1, 2 ** 31 - 1],
  [2 ** 31, 2 ** 31],
  [-(2 ** 31), -(2 ** 31)],
  [-(2 ** 31) - 1, -(2 ** 31) - 1],
  [1_700_000_000_123, 1_700_000_000_123],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  [Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  [1.5, 1.5],
  [0.1 + 0.2, 0.1 + 0.2],
  [5e-324, 5e-324],
  [Number.MAX_VALUE, Number.MAX_VALUE],
  [1e300, 1e300],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  [Number.NEGATIVE_INFINITY, null],
  [7n, 7],
  ['', ''],
  ['text', 'text'],
  ['ä€😀', 'ä€😀'],
  ['a\0b', 'a\0b'],
  ['a\ud800b', 'a\ufffdb'],
  ['\udfff\ud800', '\ufffd\ufffd'],
  ['x'.repeat(49), 'x'.repeat(49)],
  ['ü'.repeat(1000), 'ü'.repeat(1000)],
  [Symbol('RED'), 'Symbol(RED)'],
  [Symbol.iterator, 'Symbol(Symbol.iterator)'],
  [nested, '[Function: nested]'],
  [() => 1, '[Function: anonymous]'],
  [Order, '[Function: Order]'],
  [Buffer.from([0, 1, 255]), 'AAH/'],
  [Buffer.alloc(0), ''],
  [new Uint8Array([1, 2]).subarray(1), 'Ag=='],
  [new Uint8ClampedArray([255]), '/w=='],
  [new Uint8Array([120, 121]).buffer, 'eHk='],
  [new SharedArrayBuffer(2), 'AAA='],
  [new DataView(new Uint8Array([1, 2, 3]).buffer, 1), 'AgM='],
  [new Int16Array([-1, 2]), [-1, 2]],
  [new Float64Array([1.5]), [1.5]],
  [new BigInt64Array([-1n]), [-1]],
  [new Date(0), '1970-01-01T00:00:00.000000000Z'],
  [new Date('2024-01-02T03:04:05.006Z'), '2024-01-02T03:04:05.006000000Z'],
  [new Date(-1000), '1969-12-31T23:59:59.000000000Z'],
  [new Date(8.64e15), '+275760-09-13T00:00:00.000Z'],
  [new Date(Number.NaN), 'Invalid Date'],
  [[], []],
  [
    [1, 'a', null, undefined, [2]],
    [1, 'a', null, null, [2]],
  ],
  [sparse, [1, null, 3]],
  [Sub.from([1, 2]), [1, 2]],
  [new Set([1, 'a']), [1, 'a']],
  [new Set(), []],
  [
    new Map([
      ['a', 1],
      ['b', new Map([[2, 'two']])],
    ]),
    { a: 1, b: { 2: 'two' } },
  ],
  [
    new Map([
      [new Said(), 1],
      [Symbol('s'), 2],
      [new Throws(), 3],
    ]),
    { said: 1, 'Symbol(s)': 2, '<Throws threw RangeError>': 3 },
  ],
  [{}, {}],
  [{ a: { b: [1] } }, { a: { b: [1] } }],
  [
    { 2: 'b', 1: 'a' },
    { 1: 'a', 2: 'b' },
  ],
  [withNothing, { a: 1 }],
  [new Order(1, [new Order(2, [])]), { id: 1, lines: [{ id: 2, lines: [] }] }],
  [new (class {})(), {}],
  [new Said(), 'said'],
  [{ toString: () => 'own' }, 'own'],
  [new Throws(), `<Throws threw RangeError>${CUT}`],
  [new ThrowsNothing(), `<ThrowsNothing threw undefined>${CUT}`],
  [
    [new Throws(), 1],
    [`<Throws threw RangeError>${CUT}`, 1],
  ],
  [new Json('text'), 'text'],
  [new Json({ a: new Date(0) }), { a: '1970-01-01T00:00:00.000000000Z' }],
  [new Json([1]), [1]],
  [new Json(undefined), null],
  [{ toJSON: () => 5 }, 5],
  [new JsonThrows(), `<JsonThrows threw TypeError>${CUT}`],
  [new JsonItself(), { name: 'me' }],
  [getter, { good: 1, bad: `<get bad threw TypeError>${CUT}`, after: 2 }],
  [hostile, `<object threw Error>${CUT}`],
  [revoked.proxy, `<object threw TypeError>${CUT}`],
  [new Proxy({ a: 1 }, {}), { a: 1 }],
  [new Proxy([1, 2], {}), [1, 2]],
  [new Number(5), 5],
  [new Text('boxed'), 'boxed'],
  [Object(1n), 1],
  [/a+/g, '/a+/g'],
  [new URL('https://x.y/z?a=1'), 'https://x.y/z?a=1'],
  [new URLSearchParams('a=1&b=2'), 'a=1&b=2'],
  [Promise.resolve(1), '[object Promise]'],
  [new WeakMap(), '[object WeakMap]'],
  [new Tagged(), '[object Tagged]'],
  [(function* () {})(), '[object Generator]'],
  [Math, {}],
  [new Error('boom'), 'Error: boom'],
  [new TypeError(), 'TypeError'],
  [new AggregateError([new Error('one')], 'all'), 'AggregateError: all'],
  [ofAnotherRealm.map, { a: 1 }],
  [ofAnotherRealm.date, '1970-01-01T00:00:00.000000000Z'],
  [ofAnotherRealm.error, 'TypeError: far'],
  [nested(8), nested(8)],
  [inItself(), { n: 1, self: CUT }],
  [listInItself(), [1, CUT]],
  [throughEachOther(), { two: { one: [CUT] } }],
];

for (const [place, [value, expected]] of VALUES.entries()) {
  test(`value ${place} comes through as ${JSON.stringify(expected)?.slice(0, 60)}`, () => {
    assert.deepStrictEqual(shown({ v: value, after: 1 }).metadata, { v: expected, after: 1 });
  });
}

test('there are enough values', () => assert.ok(VALUES.length >= 80));

for (const digits of ['9223372036854775807', '-9223372036854775808', '18446744073709551615', '-9223372036854775809']) {
  test(`${digits} keeps every digit`, () =>
    assert.match(shownText({ v: BigInt(digits) }), new RegExp(`"v":${digits}}`)));
}

test('a big integer keeps every digit', () => {
  const big = 123456789012345678901234567890n;
  assert.match(shownText({ v: big }), new RegExp(String(big)));
});

test('an integer that nobody could read is cut', () => {
  const { v } = shown({ v: -(1n << 4_000_000n) }).metadata;
  assert.ok(v.startsWith('-0x1') && v.endsWith(CUT));
});

test('what is too deep is cut', () => {
  const { v } = shown({ v: nested(12) }).metadata;
  assert.equal(JSON.stringify(v).match(/"d"/g).length, 8);
  assert.ok(JSON.stringify(v).includes(CUT));
});

const LONG = {
  ascii: 'x'.repeat(10_000_000),
  other: 'ä'.repeat(1_000_000),
  bytes: Buffer.alloc(1_000_000),
  list: Array(1_000_000).fill(7),
  numbers: new Float64Array(1_000_000),
  set: new Set(Array(1_000_000).keys()),
  map: new Map(Array.from({ length: 200_000 }, (_, n) => [n, n])),
  object: Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, n])),
  lists: Array(1000).fill(Array(1000).fill('leaf')),
};

for (const [name, value] of Object.entries(LONG)) {
  test(`${name}: what is too long is cut, and its elder neighbour is whole`, () => {
    assert.ok(encoded({ v: value }).length < 600_000);
    const { before, v } = shown({ before: 'b', v: value }).metadata;
    assert.equal(before, 'b');
    assert.ok(JSON.stringify(v).length > 1000 || v === CUT);
  });
}

test('keys of every kind come through', () => {
  const fields = { '': 1, ключ: 2, 'a\ud800': 3, constructor: 4, __proto__: null, hasOwnProperty: 5, toString: 6 };
  const { metadata } = shown(fields);
  assert.deepEqual(metadata, { '': 1, ключ: 2, 'a\ufffd': 3, constructor: 4, hasOwnProperty: 5, toString: 6 });
});

test('only own properties are fields', () => {
  const inherits = Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true }, hidden: { value: 3 } });
  assert.deepEqual(shown(inherits).metadata, { own: 2 });
});

const METADATA = [
  [new Map([['a', 1]]), { a: 1 }],
  [withNothing, { a: 1 }],
  [new Order(1, []), { id: 1, lines: [] }],
  [new Said(), { metadata: 'said' }],
  [new Json({ a: 1 }), { metadata: { a: 1 } }],
  [[1, 2], { metadata: [1, 2] }],
  ['text', { metadata: 'text' }],
  [5, { metadata: 5 }],
  [getter, { good: 1, bad: `<get bad threw TypeError>${CUT}`, after: 2 }],
  [hostile, { metadata: `<object threw Error>${CUT}` }],
];

for (const [metadata, expected] of METADATA) {
  test(`metadata becomes ${JSON.stringify(expected)}`, () => assert.deepEqual(shown(metadata).metadata, expected));
}
