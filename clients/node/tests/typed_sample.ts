/** What a program in TypeScript may and may not write; checked by tsc, never run. */

import {
  type CloseReport,
  closeOnSignals,
  context,
  DistributedLogger,
  type Events,
  type Options,
  type Stats,
} from 'distributed-logs';
import transport, { pinoStream } from 'distributed-logs/pino';
import { WinstonTransport } from 'distributed-logs/winston';

const options: Options = {
  endpoint: process.env.DLOGS_TARGET,
  serviceName: 'shop',
  batchSize: 100,
  overflow: 'block',
};
// @ts-expect-error: no such option
const misspelt: Options = { batchSise: 10 };
// @ts-expect-error: no such choice
const unknown: Options = { compression: 'rar' };

interface Order {
  id: number;
  lines: readonly string[];
}

export async function sample(order: Order): Promise<CloseReport> {
  await using logger = new DistributedLogger(options);
  const kept: boolean = logger.info('m', { order, at: new Date(), tags: new Set(['a']), big: 1n });
  logger.error('m', new TypeError('t'));
  logger.error(new Error('e'), order, new Error('cause'));
  logger.log('warn', 'm', null);
  logger.log(5, kept ? 'yes' : 'no');
  logger.level = 'debug';
  // @ts-expect-error: a message is a text or an error
  logger.info(5);
  // @ts-expect-error: metadata has parts
  logger.info('m', 'text');

  logger.on('batchSent', ({ count, roundTripMs }) => count + roundTripMs);
  logger.once('alert', (event: Events['alert'][0]) => event.message.length);
  // @ts-expect-error: no such event
  logger.on('batchLost', () => {});

  const child: DistributedLogger = logger.child({ request: 'r1' }).child(order);
  const stats: Stats = child.stats();
  const answer: number = context.run({ request: 'r1' }, () => stats.refused.journal_full + stats.lost.expired);
  const undo: () => void = closeOnSignals(['SIGTERM']);
  undo();
  pinoStream(logger).write('{}');
  transport({ serviceName: 'shop', messageKey: 'message' }).end(answer.toString());
  new WinstonTransport({ logger, level: 'warn' }).emit('warn');
  return logger.state === 'running' ? logger.close(1000) : logger.closeSync();
}

export const wrong = [misspelt, unknown];
