/** The five lines that send a first record, for every language, with the endpoint of this very server. */

export interface Snippet {
  readonly name: string;
  readonly install: string;
  readonly code: string;
}

export function snippets(endpoint: string): readonly Snippet[] {
  return [
    {
      name: 'curl',
      install: 'Nothing to install.',
      code: [
        `curl ${endpoint} \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '{"level": "info", "service": "my-application",`,
        `       "message": "Hello from curl", "metadata": {"user_id": 12345}}'`,
      ].join('\n'),
    },
    {
      name: 'Python',
      install: 'pip install distributedlogs',
      code: [
        'from distributedlogs import DistributedLogger, LogConfig',
        '',
        'logger = DistributedLogger(LogConfig(',
        `    endpoint="${endpoint}", service_name="my-application"))`,
        'logger.start()',
        'logger.info("User logged in successfully", {"user_id": 12345})',
      ].join('\n'),
    },
    {
      name: 'Java',
      install: 'com.distributedlogs:distributedlogs',
      code: [
        'import com.distributedlogs.DistributedLogger;',
        'import java.util.Map;',
        '',
        'var logger = new DistributedLogger(',
        `    "${endpoint}", "my-application", "order-service");`,
        'logger.info("Order processed successfully", Map.of("order_id", 98765));',
      ].join('\n'),
    },
    {
      name: 'Node.js',
      install: 'npm install distributed-logs',
      code: [
        "import { DistributedLogger } from 'distributed-logs';",
        '',
        'const logger = new DistributedLogger({',
        `  endpoint: '${endpoint}', serviceName: 'my-application' });`,
        'logger.start();',
        "logger.info('Request processed', { path: '/api/users', response_time: 45 });",
      ].join('\n'),
    },
    {
      name: '.NET',
      install: 'dotnet add package DistributedLogging',
      code: [
        'using DistributedLogging;',
        '',
        'using var logger = new DistributedLogger(new DistributedLoggerConfig {',
        `    Endpoint = "${endpoint}", ServiceName = "my-application" });`,
        'logger.Info("Background job completed",',
        '    new Dictionary<string, object> { ["job_id"] = "job_12345" });',
      ].join('\n'),
    },
    {
      name: 'Go',
      install: 'import "distributedlogs"',
      code: [
        'logger := distributedlogs.New(distributedlogs.Config{',
        `    Endpoint: "${endpoint}", ServiceName: "my-application"})`,
        'defer logger.Close(context.Background())',
        '',
        'logger.Info("Payment completed", distributedlogs.F("amount", 99.99))',
      ].join('\n'),
    },
    {
      name: 'Rust',
      install: 'cargo add dlogs',
      code: [
        'use dlogs::{Logger, info};',
        '',
        'let logger = Logger::builder()',
        `    .endpoint("${endpoint}").service_name("my-application").build()?;`,
        'info!(logger, "Order processed", order_id = 98765);',
      ].join('\n'),
    },
  ];
}
