// A web service with Express: every line that a request logs carries its id and path. `node web.js`, then /orders/7.
const { randomUUID } = require('node:crypto');
const express = require('express');
const { DistributedLogger, context, closeOnSignals } = require('distributed-logs');

const logger = new DistributedLogger({ serviceName: 'shop', componentName: 'web' });
closeOnSignals(); // SIGTERM ends Node.js without any hook; this sends what waits first

const app = express();

// Fields of everything that is logged within this request, also in what it awaits.
app.use((request, response, next) => {
  const request_id = request.get('x-request-id') ?? randomUUID();
  context.run({ request_id, path: request.path }, () => {
    response.on('finish', () => logger.info('Request done', { status: response.statusCode }));
    next();
  });
});

app.get('/orders/:order', async (request, response) => {
  logger.info('Reading the order', { order: Number(request.params.order) });
  response.json({ order: Number(request.params.order) });
});

app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1');
