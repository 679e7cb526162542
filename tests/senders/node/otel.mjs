// Logs through the OpenTelemetry SDK of Node.js, once as protobuf and once as JSON; prints the rows that must come of it.
import { SeverityNumber } from '@opentelemetry/api-logs'
import { OTLPLogExporter as Json } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as Protobuf } from '@opentelemetry/exporter-logs-otlp-proto'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'

const url = process.argv[2]
const seconds = Math.floor(Date.now() / 1000) - 1

for (const [form, Exporter] of [['protobuf', Protobuf], ['json', Json]]) {
  const service = `otel-node-${form}`
  const exporter = new Exporter({ url: `${url}/v1/logs`, compression: 'gzip' })
  const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': service, 'host.name': 'web-2' }))
  // The name of the option has changed between versions of the SDK.
  const processor = new BatchLogRecordProcessor({ exporter })
  const provider = new LoggerProvider({ resource, processors: [processor] })
  const logger = provider.getLogger('cart', '3.1')
  const expect = (message, fields) =>
    console.log(JSON.stringify({ message, service, host: 'web-2', language: 'node', logger: 'cart', ...fields }))

  // Times as the library has them: seconds and nanoseconds.
  for (const [severityNumber, level] of [[1, 'TRACE'], [5, 'DEBUG'], [9, 'INFO'], [13, 'WARNING'], [17, 'ERROR'], [21, 'CRITICAL']]) {
    logger.emit({ timestamp: [seconds, 123456700 + severityNumber], severityNumber, body: `node ${form} ${level}`, attributes: { n: 17, big: 12345678901, f: 1.5, yes: true, list: ['a', 'b'] } })
    expect(`node ${form} ${level}`, { level, time_ns: `${seconds}${123456700 + severityNumber}`, metadata: { n: 17, big: 12345678901, f: 1.5, yes: true, list: ['a', 'b'], 'scope.version': '3.1' } })
  }
  logger.emit({ severityNumber: SeverityNumber.ERROR, body: `node ${form} failed`, attributes: { 'exception.type': 'TypeError', 'exception.message': 'x is not a function', 'exception.stacktrace': 'at y' } })
  expect(`node ${form} failed`, { level: 'ERROR', error: { type: 'TypeError', message: 'x is not a function', stack: 'at y' } })
  logger.emit({ severityNumber: SeverityNumber.INFO, body: { form, nested: { deep: [1, 2.5, 'x'] } } })
  expect(JSON.stringify({ form, nested: { deep: [1, 2.5, 'x'] } }), { metadata: { body: { form, nested: { deep: [1, 2.5, 'x'] } } } })
  await provider.shutdown()
}
