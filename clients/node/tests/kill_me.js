/**
 * Logs from several threads until it is killed, and notes in a file's shared pages which call has returned (dlogs-kills).
 *
 * Usage: kill_me.js ENDPOINT JOURNAL SIDE LIFE THREADS. When stdin ends it stops, ships everything, also what earlier lives
 * left, and exits 0.
 */

const { openSync, readdirSync, writeSync } = require('node:fs');
const { setTimeout: pause } = require('node:timers/promises');
const { isMainThread, parentPort, Worker, workerData } = require('node:worker_threads');
const { DistributedLogger } = require('../dist/index.js');

const PATIENCE_MS = 280_000;
const NOTE_BYTES = 8;

/** Every worker has a logger, and so a journal, of its own. */
async function work({ endpoint, journal, side, life, thread }) {
  const logger = open(endpoint, journal);
  const file = openSync(side, 'r+');
  const note = Buffer.alloc(NOTE_BYTES);
  let stopped = false;
  parentPort.once('message', () => {
    stopped = true;
  });
  for (let number = 1; !stopped; number++) {
    while (!logger.info(`${life}.${thread}.${number}`, { thread, n: number })) {
      await pause(1);
    }
    // One write of 8 bytes into the page cache, which outlives the process.
    note.writeBigUInt64LE(BigInt(number));
    writeSync(file, note, 0, NOTE_BYTES, NOTE_BYTES * thread);
    if (number % 10 === 0) {
      await pause(1);
    }
  }
  await ship(logger, () => logger.stats().waiting === 0);
}

function open(endpoint, journal) {
  return new DistributedLogger({
    endpoint,
    serviceName: 'kills',
    journalDir: journal,
    batchIntervalMs: 20,
    retryMaxMs: 200,
  });
}

/** Flushes until it is done, then closes. */
async function ship(logger, done) {
  const deadline = Date.now() + PATIENCE_MS;
  while ((await logger.flush(1000)) > 0 || !done()) {
    if (Date.now() > deadline) {
      throw new Error(`not shipped in ${PATIENCE_MS} ms`);
    }
    await pause(50);
  }
  await logger.close();
}

/** Are there segments that other processes or threads left? */
function others(journal, own) {
  try {
    return readdirSync(journal, { recursive: true }).some((path) => path.endsWith('.seg') && !path.includes(own));
  } catch {
    return true; // One that was shipped went away while it was looked at.
  }
}

async function main() {
  const [endpoint, journal, side, life, threads] = process.argv.slice(2);
  const workers = Array.from({ length: Number(threads) }, (_, thread) => {
    return new Worker(__filename, { workerData: { endpoint, journal, side, life, thread } });
  });
  process.stdin.resume().once('end', async () => {
    const ended = workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    for (const worker of workers) {
      worker.postMessage('stop');
    }
    await Promise.all(ended);
    const logger = open(endpoint, journal);
    logger.start();
    await ship(logger, () => !others(journal, logger.stream.split('.')[0]));
    process.exit(0);
  });
}

if (isMainThread) {
  main();
} else {
  work(workerData);
}
