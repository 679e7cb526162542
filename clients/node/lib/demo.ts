/** A client that logs like a small shop, for the page and the demo: `node dist/demo.js --help`. */

import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DistributedLogger } from './logger';

const USAGE = `usage: node demo.js [--endpoint URL] [--records N | --check N] [--prefix WORD]

  --endpoint  where to send (default: as every logger)
  --records   log so many, flush, close (default: until Ctrl-C)
  --check     as --records, with the demo_id as message; says what was accepted
  --prefix    what every demo_id begins with (default: node)`;

/** Records are sent in bursts, as requests come. */
const BURST = 50;
const PAUSE_MS = 50;
const PATIENCE_MS = 60_000;

const PATHS = ['/api/users', '/api/orders', '/api/cart', '/checkout', '/search', '/health'];
const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'];
const CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY'];

/** What goes wrong in a shop. */
class PaymentDeclinedError extends Error {}

function one<T>(of: readonly T[]): T {
  return of[Math.floor(Math.random() * of.length)] as T;
}

function between(low: number, high: number): number {
  return low + Math.floor(Math.random() * (high - low + 1));
}

/** One record of the kinds and in the proportions of a service under load; `message` replaces its text. */
function logOne(logger: DistributedLogger, message: string | undefined, demoId: string): boolean {
  const draw = Math.random();
  const fields = { demo_id: demoId, user_id: between(1, 9999) };
  if (draw < 0.8) {
    const request = { path: one(PATHS), method: one(METHODS), response_time_ms: between(20, 2000) / 10 };
    return logger.info(message ?? 'Request processed', { ...fields, ...request });
  }
  if (draw < 0.9) {
    return logger.warning(message ?? 'Rate limit approaching', {
      ...fields,
      current_rate: between(900, 1000),
      limit: 1000,
    });
  }
  if (draw < 0.97) {
    const payment = { amount: between(100, 50_000) / 100, currency: one(CURRENCIES) };
    return logger.custom(message ?? 'payment_completed', { ...fields, ...payment });
  }
  return logger.error(message ?? 'Payment failed', fields, new PaymentDeclinedError('the bank said no'));
}

/** Logs `count` records (undefined: until `stop` says so) in bursts; how many were accepted. */
async function run(
  logger: DistributedLogger,
  count: number,
  prefix: string,
  named: boolean,
  stop: AbortSignal,
): Promise<number> {
  let accepted = 0;
  // A page that somebody watches shows one record after the other.
  const burst = Number.isFinite(count) ? BURST : 1;
  for (let number = 1; number <= count && !stop.aborted; number++) {
    const demoId = `${prefix}-${number}`;
    accepted += Number(logOne(logger, named ? demoId : undefined, demoId));
    if (number % burst === 0) {
      await pause(PAUSE_MS);
    }
  }
  return accepted;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { endpoint: text, records: text, check: text, prefix: text, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const named = values.check !== undefined;
  const given = values.check ?? values.records;
  const prefix = values.prefix ?? 'node';
  const logger = new DistributedLogger({
    endpoint: values.endpoint,
    serviceName: named ? 'demo-check' : 'demo-shop',
    componentName: 'node',
    batchIntervalMs: 200,
  });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
  const accepted = await run(logger, Number(given ?? Number.POSITIVE_INFINITY), prefix, named, stop.signal);
  if (stop.signal.aborted) {
    logger.info('Demo stopped', { demo_id: prefix });
  } else if ((await logger.flush(PATIENCE_MS)) > 0) {
    console.error('the server did not acknowledge everything within 60 s; the rest is in the journal');
    process.exitCode = 1;
  }
  await logger.close();
  if (named) {
    console.log(`accepted ${accepted}`);
  }
}

main();
