// A graceful shutdown: SIGTERM ends the work, then the logger is closed, within a limit.
const { setInterval: every } = require('node:timers/promises');
const { DistributedLogger } = require('distributed-logs');

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stopping.abort());

async function main() {
  const logger = new DistributedLogger({ serviceName: 'worker' });
  logger.info('Worker started');
  try {
    for await (const _ of every(200, undefined, { signal: stopping.signal })) logger.info('Working');
  } catch {
    logger.info('Worker stops');
  }
  const { sent, waiting, lost } = await logger.close(5000);
  console.log(`sent ${sent}, left ${waiting} for the next start, lost ${lost}`);
}

main();
