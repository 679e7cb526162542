/** The Node.js driver of spec/cases: translates JSON lines into calls. Decides, waits for and checks nothing. */

const { createInterface } = require('node:readline');
const { DistributedLogger } = require('../dist/index.js');
const { OPTION_NAMES } = require('../dist/generated/options.js');

const EVENTS = [
  'stateChanged',
  'batchSent',
  'batchFailed',
  'connectionFailed',
  'connectionRestored',
  'alert',
  'recordsLost',
  'adopted',
  'eventsMissed',
];

const loggers = new Map();
const heard = new Map();
const nativeNames = new Map(Array.from(OPTION_NAMES, ([name, core]) => [core, name]));

class Own {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

class Throws {
  toString() {
    throw new TypeError('no text here');
  }
}

class Logs {
  constructor(logger) {
    this.logger = logger;
  }

  toString() {
    this.logger.info('from inside');
    return 'logged';
  }
}

function deep(depth) {
  let inside = 'end';
  for (let n = 0; n < depth; n++) {
    inside = { d: inside };
  }
  return inside;
}

function cycle() {
  const around = {};
  around.self = around;
  return around;
}

const SPECIAL = {
  $i64: BigInt,
  $u64: BigInt,
  $f64: Number,
  $big: BigInt,
  $decimal: String,
  $bytes: (text) => Buffer.from(text, 'base64'),
  $time_ns: (text) => new Date(Number(BigInt(text) / 1_000_000n)),
  $utf16: (units) => String.fromCharCode(...units),
  $raw: (text) => Buffer.from(text, 'base64').toString(),
  $repeat: ([text, count]) => text.repeat(count),
  $list: ([count, one]) => Array(count).fill(one),
  $keys: (count) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n + 1}`, n + 1])),
  $deep: deep,
  $cycle: cycle,
  $throws: () => new Throws(),
  $logs: (_, logger) => new Logs(logger),
  $uuid: String,
  $enum: Symbol,
  $date: (text) => new Date(text),
  $duration_ms: Number,
  $set: (items) => new Set(items),
  $tuple: (items) => items,
  $map: (pairs) => new Map(pairs),
  $own: (text) => new Own(text),
  $error: (text) => new Error(text),
  $function: () => deep,
  $n: (_, __, number) => number,
};

/** What a written value stands for. */
function value(written, logger, number) {
  if (Array.isArray(written)) {
    return written.map((one) => value(one, logger, number));
  }
  if (typeof written !== 'object' || written === null) {
    return written;
  }
  const [name, ...others] = Object.keys(written);
  if (others.length === 0 && Object.hasOwn(SPECIAL, name ?? '')) {
    return SPECIAL[name](written[name], logger, number);
  }
  return Object.fromEntries(Object.entries(written).map(([key, one]) => [key, value(one, logger, number)]));
}

/** One verb, `count` times. */
function calls({ count = 1, fields }, logger, text, verb) {
  for (let number = 1; number <= count; number++) {
    const message = typeof text === 'string' ? text.replace('{n}', number) : value(text, logger, number);
    if (fields === undefined || fields === null) {
      logger[verb](message);
    } else {
      logger[verb](message, value(fields, logger, number));
    }
  }
}

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** An event with the names that every language's driver gives. */
function told(event) {
  return {
    ...Object.fromEntries(Object.entries(event).map(([key, one]) => [snake(key), one])),
    name: snake(event.name),
  };
}

function open({ as = 'main', config = {} }) {
  const options = Object.entries(config).map(([name, given]) => [nativeNames.get(name) ?? name, given]);
  const logger = new DistributedLogger(Object.fromEntries(options));
  const events = [];
  for (const name of EVENTS) {
    logger.on(name, (event) => events.push(told(event)));
  }
  loggers.set(as, logger);
  heard.set(as, events);
}

const OPS = {
  hello: () => ({ language: 'node', can: ['block'] }),
  open,
  start: (_, logger) => logger.start(),
  log: (request, logger) => calls(request, logger, request.message, request.level.toLowerCase()),
  custom: (request, logger) => calls(request, logger, request.event, 'custom'),
  child({ on = 'main', as, fields }, logger) {
    loggers.set(as, logger.child(value(fields, logger, 1)));
    heard.set(as, heard.get(on));
  },
  enabled: ({ level }, logger) => ({ value: logger.isLevelEnabled(level) }),
  set_level({ level }, logger) {
    logger.level = level;
  },
  flush: async ({ timeout_ms }, logger) => ({ waiting: await logger.flush(timeout_ms) }),
  close: ({ timeout_ms }, logger) => logger.close(timeout_ms),
  stats: (_, logger) => ({ stats: logger.stats() }),
  state: (_, logger) => ({ state: logger.state, activity: logger.activity }),
  events: ({ on = 'main' }) => ({ events: heard.get(on) }),
  exit: ({ code = 0 }) => process.exit(code),
};

async function answer(request) {
  try {
    return { ok: true, ...(await OPS[request.op](request, loggers.get(request.on ?? 'main'))) };
  } catch (error) {
    return { ok: false, error: error.message };
  }
}

async function main() {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  }
}

main();
