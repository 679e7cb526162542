import { expect, it } from 'vitest';
import { stackLines } from './stack';

const kinds = (stack: string) => stackLines(stack).map(({ kind }) => kind);

it('tells own frames from those of packages in Python', () => {
  const stack = `Traceback (most recent call last):
  File "/srv/app/orders/checkout.py", line 148, in place
    row = await pool.fetchrow(QUERY, order.id)
  File "/usr/lib/python3.12/site-packages/asyncpg/pool.py", line 605, in fetchrow
    async with self.acquire() as con:
TimeoutError: too late`;
  expect(kinds(stack)).toEqual(['head', 'frame', 'code', 'foreign', 'foreign', 'head']);
});

it('does so in Java, Node.js, .NET, Go and Rust', () => {
  expect(kinds('x.Y: no\n\tat com.shop.Pay.run(Pay.java:9)\n\tat java.base/java.lang.Thread.run()')).toEqual([
    'head',
    'frame',
    'foreign',
  ]);
  expect(kinds('Error: no\n    at pay (/srv/pay.js:1:2)\n    at node:internal/main:3')).toEqual([
    'head',
    'frame',
    'foreign',
  ]);
  expect(
    kinds('   at Shop.Pay.Run() in /srv/Pay.cs:line 3\n   at System.Threading.Tasks.Task.Execute()'),
  ).toEqual(['frame', 'foreign']);
  expect(kinds('goroutine 1 [running]:\nmain.pay(...)\n\t/srv/pay.go:9 +0x1d')).toEqual([
    'head',
    'frame',
    'frame',
  ]);
  expect(kinds('   3: shop::pay\n             at ./src/pay.rs:9\n   4: core::ops::call_once')).toEqual([
    'frame',
    'frame',
    'foreign',
  ]);
});

it('loses no line of anything', () => {
  expect(stackLines('\n\nx\n').map(({ text }) => text)).toEqual(['', '', 'x', '']);
});
