// Logs through pino and pino-loki; prints the rows that must come of it.
import pino from 'pino'
import { pinoLoki } from 'pino-loki'

const transport = pinoLoki({
  host: process.argv[2],
  labels: { app: 'pino-shop', environment: 'test' },
  batching: { interval: 1 },
  replaceTimestamp: true,
})
const logger = pino({ level: 'trace' }, transport)

const expect = (message, fields) =>
  console.log(JSON.stringify({ message, service: 'pino-shop', environment: 'test', ...fields }))

for (const [level, ours] of [['debug', 'DEBUG'], ['info', 'INFO'], ['warn', 'WARNING'], ['error', 'ERROR'], ['fatal', 'CRITICAL']]) {
  logger[level]({ order: 17, list: [1, 'a'] }, `pino ${level}`)
  expect(`pino ${level}`, { level: ours, metadata: { order: 17, list: [1, 'a'] } })
}
logger.error(new TypeError('x is not a function'))
expect('x is not a function', { level: 'ERROR', error: { type: 'TypeError', message: 'x is not a function' } })
transport.end()
