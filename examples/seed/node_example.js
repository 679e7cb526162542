const { DistributedLogger } = require('./nodejs-lib');

// Initialize logger
const logger = new DistributedLogger({
    endpoint: 'http://localhost:5000/api/logs',
    serviceName: 'my-application',
    componentName: 'api-gateway'
});

logger.start();

// Log events
logger.info('Request processed', {
    path: '/api/users',
    method: 'GET',
    response_time: 45
});

logger.warning('Rate limit approaching', {
    current_rate: 950,
    limit: 1000
});
