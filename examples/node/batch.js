// A batch job: bad rows are logged and left out, the sum is an event, and the job ends when the server has everything.
const { DistributedLogger } = require('distributed-logs');

const rows = ['19.99', '5.00', 'n/a', '12.50'];

async function main() {
  const logger = new DistributedLogger({ serviceName: 'billing', componentName: 'nightly' });
  const job = logger.child({ job_id: '2026-01-31' });
  job.info('Job started', { rows: rows.length });

  let total = 0;
  for (const [row, text] of rows.entries()) {
    const amount = Number(text);
    if (Number.isNaN(amount)) {
      job.error('Row left out', { row, error: new TypeError(`${text} is no number`) });
    } else {
      total += amount;
    }
  }
  job.custom('job_finished', { rows: rows.length, total });

  // A job that nobody watches should not end before its records are safe elsewhere; they are safe here in any case.
  const { waiting } = await logger.close(10_000);
  if (waiting > 0) console.log(`${waiting} records wait for a server; the next run sends them`);
}

main();
