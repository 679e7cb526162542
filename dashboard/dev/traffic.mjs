/** Invents log records and clients that look like those of real programs. Development only. */

const SERVICES = [
  { language: 'python', service: 'billing', components: ['invoices', 'taxes'], weight: 5 },
  { language: 'python', service: 'recommendations', components: ['ranker'], weight: 3 },
  { language: 'java', service: 'orders', components: ['checkout', 'stock'], weight: 6 },
  { language: 'node', service: 'api-gateway', components: ['router'], weight: 8 },
  { language: 'dotnet', service: 'background-worker', components: ['mailer', 'reports'], weight: 2 },
  { language: 'go', service: 'payments', components: ['stripe', 'ledger'], weight: 4 },
  { language: 'rust', service: 'search', components: ['indexer', 'query'], weight: 4 },
];

const LINES = {
  TRACE: [['enter parse_headers', () => ({ depth: int(1, 6) })]],
  DEBUG: [
    ['cache miss', () => ({ key: `user:${int(1, 90000)}`, ttl_s: 300 })],
    ['pool borrowed', () => ({ pool: 'pg-main', in_use: int(1, 20), size: 20 })],
  ],
  INFO: [
    [
      'User logged in successfully',
      () => ({ user_id: int(1, 90000), login_method: pick(['oauth', 'password']), ip_address: ip() }),
    ],
    [
      'Order processed successfully',
      () => ({ order_id: int(10000, 99999), total_amount: int(900, 99900) / 100 }),
    ],
    [
      'Request processed',
      () => ({
        path: pick(['/api/users', '/api/orders/{id}', '/health', '/api/search']),
        method: pick(['GET', 'POST']),
        status: 200,
        response_time: int(2, 180),
      }),
    ],
    ['Background job completed', () => ({ job_id: `job_${int(1, 99999)}`, duration_seconds: int(1, 240) })],
    [
      'Index segment merged',
      () => ({ segments: int(2, 9), docs: int(1000, 900000), tags: ['nightly', 'compaction'] }),
    ],
  ],
  WARNING: [
    ['Rate limit approaching', () => ({ current_rate: int(900, 999), limit: 1000 })],
    [
      'Slow query',
      () => ({ statement: 'SELECT * FROM orders WHERE customer_id = $1', took_ms: int(400, 5000) }),
    ],
  ],
  ERROR: [
    [
      'Database connection failed',
      () => ({ database: 'users-db', error_code: 'CONN_TIMEOUT', attempt: int(1, 5) }),
    ],
    [
      'Invalid order data',
      () => ({
        order_id: int(10000, 99999),
        error_type: 'validation',
        fields: { quantity: 'must be positive', sku: null },
      }),
    ],
  ],
  CRITICAL: [
    ['Ledger out of balance', () => ({ account: `acc_${int(1, 999)}`, difference_cents: int(1, 90000) })],
  ],
};

const STACK = `Traceback (most recent call last):
  File "/srv/app/orders/checkout.py", line 148, in place
    row = await pool.fetchrow(QUERY, order.id)
  File "/usr/lib/python3.12/site-packages/asyncpg/pool.py", line 605, in fetchrow
    async with self.acquire() as con:
TimeoutError: acquiring a connection took longer than 5.0 s`;

function int(from, to) {
  return from + Math.floor(Math.random() * (to - from + 1));
}

function pick(list) {
  return list[int(0, list.length - 1)];
}

function ip() {
  return `10.${int(0, 3)}.${int(0, 255)}.${int(1, 254)}`;
}

function level() {
  const dice = Math.random() * 1000;
  if (dice < 1) return 'CRITICAL';
  if (dice < 14) return 'ERROR';
  if (dice < 60) return 'WARNING';
  if (dice < 260) return 'DEBUG';
  if (dice < 280) return 'TRACE';
  return 'INFO';
}

const WHEEL = SERVICES.flatMap((service) => Array.from({ length: service.weight }, () => service));

/** A record without id and time; the store gives it both. */
export function record() {
  const source = pick(WHEEL);
  const severity = level();
  const [message, metadata] = pick(LINES[severity]);
  const out = {
    level: severity,
    message,
    language: source.language,
    service: source.service,
    component: pick(source.components),
    environment: 'production',
    host: `${source.service}-${int(1, 3)}`,
    pid: 4000 + source.weight,
    metadata: metadata(),
  };
  if (severity === 'ERROR' && Math.random() < 0.6) {
    out.error = {
      type: 'TimeoutError',
      message: 'acquiring a connection took longer than 5.0 s',
      stack: STACK,
    };
  }
  if (Math.random() < 0.02)
    return { ...out, level: 'INFO', event: 'payment_completed', message: 'payment_completed' };
  return out;
}

const RUNTIMES = {
  python: 'CPython 3.12.4',
  java: 'OpenJDK 21',
  node: 'v20.20.2',
  dotnet: '.NET 8.0.8',
  go: 'go1.23',
  rust: '1.95',
};

/** Since how many minutes it was what. */
function past(now, ...changes) {
  return changes.map(([minutes, presence]) => [now - minutes * 60_000, presence]);
}

/** What sets some clients apart from a healthy one. */
const ODD = {
  recommendations: (now) => ({
    state: 'failed',
    activity: undefined,
    presence: 'failed',
    statistics: {
      failed: 9,
      retried: 41,
      waiting: 18_204,
      lost: { torn: 1, expired: 36 },
      journal_bytes: 171_000_000,
      last_error: 'connect: connection refused (127.0.0.1:5000), attempt 9',
      last_error_at: new Date(now - 60_000).toISOString(),
      last_outage_ms: 312_000,
    },
    law: { lost: { torn: 1, expired: 36 }, waiting: 18_204 },
    history: past(now, [70, 'connected'], [31, 'silent'], [29, 'connected'], [5, 'failed']),
  }),
  'background-worker': (now) => ({
    presence: 'silent',
    last_seen_ms: now - 94_000,
    law: { gaps: [[41_200, 41_263]] },
    history: past(now, [50, 'connected'], [1.5, 'silent']),
  }),
  orders: () => ({ statistics: { refused: { too_large: 2 } } }),
  search: () => ({ statistics: { journal: 'tmpfs' } }),
};

function client(source, index, now) {
  const odd = ODD[source.service]?.(now) ?? {};
  const stored = 20_000 + index * 7_431;
  const waiting = odd.law?.waiting ?? int(0, 40);
  const lost = Object.values(odd.law?.lost ?? {}).reduce((sum, n) => sum + n, 0);
  const missing = (odd.law?.gaps ?? []).reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const through = stored + lost + missing;
  return {
    stream: `${(index + 1).toString(16).padStart(32, 'c')}.0`,
    language: source.language,
    service: source.service,
    component: source.components[0],
    environment: 'production',
    host: `${source.service}-1`,
    pid: 4000 + source.weight,
    sdk_version: '0.1.0',
    runtime_version: RUNTIMES[source.language],
    started_at: new Date(now - 3_600_000 * (index + 1)).toISOString(),
    state: 'running',
    activity: pick(['batching', 'sending']),
    presence: 'connected',
    last_seen_ms: now - int(100, 3000),
    adopted_by: null,
    history: past(now, [60 * (index + 1), 'connected']),
    ...odd,
    statistics: {
      accepted: through + waiting,
      acked: stored,
      sent: stored,
      failed: 0,
      retried: int(0, 3),
      waiting,
      refused: {},
      lost: {},
      requests: Math.ceil(stored / 100),
      journal: 'disk',
      journal_bytes: int(200_000, 900_000),
      journal_max_bytes: 268_435_456,
      last_error: null,
      last_error_at: null,
      last_outage_ms: null,
      round_trip_ms: int(1, 9),
      ...odd.statistics,
    },
    law: { stored, rejected: 0, lost: {}, waiting, gaps: [], through, ...odd.law },
  };
}

export function clients(now) {
  return SERVICES.map((source, index) => client(source, index, now));
}
