/**
 * One contender of the bench in Node.js. It prints one line of JSON and judges nothing.
 *
 * usage: load.js noop|ours|otel|otel-big|pino ENDPOINT COUNT RATE|flood SCRATCH-DIR
 *        load.js disabled COUNT
 */

const { readFileSync } = require('node:fs');
const contenders = require('./contenders');

/** What all languages log; the bench runs every load in its own folder. */
const words = (name) => readFileSync(`words/${name}.txt`, 'utf8').trimEnd().split('\n');
const MESSAGES = words('messages');
const PATHS = words('paths');
const TRACES = Array.from({ length: 4096 }, (_, n) => {
  const high = BigInt.asUintN(64, BigInt(n + 1) * 0x9e3779b97f4a7c15n);
  const hex = (part) => part.toString(16).padStart(16, '0');
  return hex(high) + hex(BigInt.asUintN(64, high * 0xbf58476d1ce4e5b9n));
});

/** In a flood the event loop gets a turn after so many calls, as it does in a program whose requests log. */
const TURN = 100;

const turn = () => new Promise(setImmediate);

/** Makes the calls and tells how long they took. Open loop: a late burst is made at once, none is left out. */
async function run({ call, finish }, count, perMs) {
  const durations = new Float64Array(count);
  const begun = performance.now();
  for (let n = 0; n < count; n++) {
    if (perMs !== undefined && n % perMs === 0) {
      do {
        await turn();
      } while (performance.now() - begun < n / perMs);
    } else if (perMs === undefined && n % TURN === 0) {
      await turn();
    }
    const mixed = Math.imul(n, 0x9e3779b1) >>> 0;
    const fields = {
      user_id: mixed % 100_000,
      path: PATHS[(mixed >>> 3) % 8],
      duration: (mixed % 10_000) / 16,
      ok: mixed % 50 !== 0,
      trace: TRACES[mixed % 4096],
    };
    const message = MESSAGES[mixed % 8];
    const before = performance.now();
    call(message, fields);
    durations[n] = performance.now() - before;
  }
  const logged = performance.now();
  const dropped = await finish();
  const ended = performance.now();
  const overOneMs = durations.reduce((sum, ms) => sum + (ms > 1), 0);
  durations.sort();
  const quantile = (share) => Math.round(1e6 * durations[Math.min(count - 1, Math.floor(count * share))]);
  return {
    calls: count,
    p50_ns: quantile(0.5),
    p99_ns: quantile(0.99),
    p999_ns: quantile(0.999),
    max_ns: quantile(1),
    over_1ms: overOneMs,
    logged_s: (logged - begun) / 1000,
    wall_s: (ended - begun) / 1000,
    dropped_says: dropped,
    peak_kb: Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]),
  };
}

/** What a call costs whose level is off, in nanoseconds: the median of nine rounds in turns, a loop around nothing beside it. */
function disabled(count) {
  const { DistributedLogger } = require('distributed-logs');
  const ours = new DistributedLogger({
    endpoint: 'http://127.0.0.1:9/nobody',
    journal: 'memory',
    shutdownTimeoutMs: 0,
  });
  const pino = require('pino')({ level: 'info' });
  const fields = { user_id: 1, path: '/api/users' };
  const loops = {
    nothing: (times) => {
      for (let n = 0; n < times; n++) {}
    },
    ours: (times) => {
      for (let n = 0; n < times; n++) {
        ours.debug('Request processed', fields);
      }
    },
    pino: (times) => {
      for (let n = 0; n < times; n++) {
        pino.debug(fields, 'Request processed');
      }
    },
  };
  const rounds = Object.fromEntries(Object.keys(loops).map((name) => [name, []]));
  for (let round = 0; round < 9; round++) {
    for (const [name, loop] of Object.entries(loops)) {
      const before = performance.now();
      loop(count);
      rounds[name].push((1e6 * (performance.now() - before)) / count);
    }
  }
  return Object.fromEntries(Object.entries(rounds).map(([name, all]) => [name, all.sort((a, b) => a - b)[4]]));
}

async function main() {
  const [name, endpoint, count, rate, scratch] = process.argv.slice(2);
  if (name === 'disabled') {
    console.log(JSON.stringify(disabled(Number(endpoint))));
    return;
  }
  const flood = rate === 'flood';
  const contender = contenders[name](endpoint, scratch, flood);
  // Some contenders do not keep the process alive while they deliver.
  const alive = setInterval(() => {}, 1000);
  console.log(
    JSON.stringify(await run(contender, Number(count), flood ? undefined : Math.max(1, Number(rate) / 1000))),
  );
  clearInterval(alive);
}

main();
