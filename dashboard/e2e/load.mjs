/**
 * The page under load: 10 000 records a second for ten minutes on Live (`./test.sh page-load`, MINUTES=2 for less).
 * Says what it measured, and fails when the heap grows, when the page stalls more than an idle one, when a selection is
 * lost, or when a record takes more than 300 ms from its POST to the pixel (99 of 100).
 */
import { performance } from 'node:perf_hooks';
import { openStage, unique } from './stage.mjs';

const minutes = Number(process.env.MINUTES ?? 10);
const RATE = Number(process.env.RATE ?? 10_000);
const BATCH = 500;
const PROBE_MS = 1_000;
const IDLE_MS = Math.min(60_000, minutes * 15_000);
const MAX_P99_MS = 300;
/** The list itself fills in the first seconds; from then on the heap has to be flat. */
const WARM_MS = 20_000;
const MAX_GROWTH = 1.2;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const RUN = unique('load');

const LEVELS = ['INFO', 'INFO', 'INFO', 'DEBUG', 'INFO', 'WARNING'];
function batch(number) {
  return Array.from({ length: BATCH }, (_, at) => ({
    level: LEVELS[at % LEVELS.length],
    message: `Request ${number * BATCH + at} processed`,
    language: ['python', 'java', 'node', 'dotnet', 'go', 'rust'][at % 6],
    service: `service-${at % 12}`,
    metadata: { path: '/api/orders', took_ms: at % 97 },
  }));
}

/** Watches in the page: long tasks, and when each probe is painted. */
function watch() {
  window.longTasks = [];
  window.painted = {};
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask' });
  const look = () => {
    for (const row of document.querySelectorAll('.row-error .row-message')) {
      const probe = /probe (\d+)$/.exec(row.textContent)?.[1];
      if (probe !== undefined && window.painted[probe] === undefined) {
        // The frame that is drawn now shows it; the next task comes after its paint.
        window.painted[probe] = 0;
        const channel = new MessageChannel();
        channel.port1.onmessage = () => {
          window.painted[probe] = Date.now();
        };
        channel.port2.postMessage(null);
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Collecting garbage for the measurement stalls the page; when it did is remembered, and is not the page's fault. */
async function heap(session, stalls) {
  const now = async () =>
    (await session.send('Runtime.evaluate', { expression: 'performance.now()', returnByValue: true })).result
      .value;
  const from = await now();
  await session.send('HeapProfiler.collectGarbage');
  stalls.push([from - 100, (await now()) + 100]);
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** A connection that the server was about to close is no answer: the same is sent once more, as a client does. */
async function post(stage, records) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await stage.log(records);
    } catch (cause) {
      if (attempt === 5) throw cause;
      await wait(50 * attempt);
    }
  }
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Sends at the rate, however long an answer takes; at most so many requests at once. */
async function send(stage, untilMs, sent) {
  const began = performance.now();
  const flying = new Set();
  while (performance.now() < untilMs) {
    const due = Math.floor(((performance.now() - began) / 1000) * (RATE / BATCH));
    while (sent.batches < due && flying.size < 8) {
      const one = post(stage, batch(sent.batches)).finally(() => flying.delete(one));
      flying.add(one);
      sent.batches += 1;
    }
    await wait(10);
  }
  await Promise.all(flying);
  sent.seconds = (performance.now() - began) / 1000;
}

async function probe(stage, untilMs, posted) {
  for (let number = 0; performance.now() < untilMs; number += 1) {
    posted[number] = Date.now();
    // ERROR records are kept when the budget is used up.
    await stage.log([
      { level: 'ERROR', message: `${RUN} probe ${number}`, language: 'go', service: 'probe' },
    ]);
    await wait(PROBE_MS);
  }
}

async function selectionSurvives(stage) {
  const { page } = stage;
  // In one task, since the row is gone a moment later.
  const before = await page.evaluate(() => {
    getSelection().selectAllChildren(document.querySelectorAll('.row-message')[10]);
    return getSelection().toString();
  });
  await wait(5_000);
  const after = await page.evaluate(() => getSelection().toString());
  await page.evaluate(() => getSelection().empty());
  await page.locator('[data-part=jump]').click();
  return before !== '' && before === after;
}

const stage = await openStage();
const session = await stage.page.context().newCDPSession(stage.page);
const failures = [];
const check = (holds, words) => {
  console.log(`${holds ? '✅' : '❌'} ${words}`);
  if (!holds) failures.push(words);
};
try {
  await stage.open('#/live');
  await stage.live();
  await stage.page.evaluate(watch);
  await wait(2_000);
  await stage.page.evaluate(() => window.longTasks.splice(0));
  await wait(IDLE_MS);
  const idle = await stage.page.evaluate(() => window.longTasks.splice(0).length);
  const idleAMinute = idle / (IDLE_MS / 60_000);
  console.log(`idle: ${idle} long tasks in ${IDLE_MS / 1000} s`);

  const untilMs = performance.now() + minutes * 60_000;
  const sent = { batches: 0, seconds: 0 };
  const posted = {};
  const heaps = [];
  const stalls = [];
  const sampleMs = Math.max(10_000, (minutes * 60_000) / 20);
  const sample = async () => {
    await wait(WARM_MS);
    while (performance.now() < untilMs) {
      heaps.push(await heap(session, stalls));
      console.log(`heap ${(heaps.at(-1) / 1e6).toFixed(1)} MB, ${sent.batches * BATCH} records sent`);
      await wait(sampleMs);
    }
  };
  let survived = false;
  const select = async () => {
    await wait(WARM_MS);
    survived = await selectionSurvives(stage);
  };
  await Promise.all([send(stage, untilMs, sent), probe(stage, untilMs, posted), sample(), select()]);
  await wait(1_000);

  const { all, painted } = await stage.page.evaluate(() => ({
    all: window.longTasks,
    painted: window.painted,
  }));
  const tasks = all
    .filter(({ startTime }) => !stalls.some(([from, to]) => startTime >= from && startTime <= to))
    .map(({ duration }) => duration);
  // While the selection held the view, nothing new was to be painted; those probes are not counted.
  const delays = Object.entries(posted)
    .map(([number, at]) => painted[number] - at)
    .filter((delay) => delay > 0 && delay < 4_000)
    .sort((a, b) => a - b);
  const rate = (sent.batches * BATCH) / sent.seconds;
  const aMinute = tasks.length / minutes;
  const half = Math.ceil(heaps.length / 2);
  const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const growth = mean(heaps.slice(half)) / mean(heaps.slice(0, half));

  check(rate >= RATE * 0.95, `${Math.round(rate)} records/s went in`);
  check(growth <= MAX_GROWTH, `heap of the second half is ${growth.toFixed(2)} times that of the first`);
  check(
    aMinute <= idleAMinute + 1,
    `${aMinute.toFixed(1)} long tasks a minute, an idle page has ${idleAMinute.toFixed(1)}; longest ${Math.round(Math.max(0, ...tasks))} ms`,
  );
  check(survived, 'a text selection survived');
  const p99 = percentile(delays, 0.99);
  check(
    delays.length >= minutes * 30 && p99 <= MAX_P99_MS,
    `from POST to pixel: half in ${percentile(delays, 0.5)} ms, 99 of 100 in ${p99} ms, ${delays.length} probes`,
  );
  check(stage.problems.length === 0, `no errors on the page ${stage.problems.join('; ')}`);
} finally {
  await stage.close();
}
process.exitCode = failures.length > 0 ? 1 : 0;
