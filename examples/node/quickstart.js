// Logs a few records. Start a server first (`dlogs serve`), then watch http://localhost:5000.
const { DistributedLogger, context } = require('distributed-logs');

const logger = new DistributedLogger({ serviceName: 'quickstart', componentName: 'main' });
logger.start();

logger.info('Service started', { version: '1.4.2' });
logger.warning('Rate limit approaching', { current_rate: 950, limit: 1000 });

// Fields of every record in this block, also in what it awaits.
context.run({ request_id: 'r-7f3a' }, () => {
  logger.info('Request processed', { path: '/api/users', response_time_ms: 45 });
});

// A logger with fields of its own.
const payments = logger.child({ component: 'payments' });
payments.custom('payment_completed', { amount: 99.99, currency: 'USD' });

try {
  null.divide(1, 0);
} catch (error) {
  logger.error('Could not divide', { by: 0, error });
}

logger.flush(10_000).then((waiting) => {
  console.log(`${waiting} records wait for a server, safe in the journal`);
});
