/** What an administrator sees of the invented server: its state, its settings, keys and saved views. Development only. */

const MIB = 1024 * 1024;
const DEFAULTS = { keep_days: 180, keep_mib: 0, keep_free_mib: 512 };
const LIMITS = [
  ['record_bytes', 262_144, 'bytes'],
  ['request_bytes', 10 * MIB, 'bytes'],
  ['batch_records', 10_000, 'records'],
  ['record_age_ms', 180 * 86_400_000, 'ms'],
  ['record_ahead_ms', 3_600_000, 'ms'],
  ['unsealed_bytes', 256 * MIB, 'bytes'],
  ['connections', 1024, 'connections'],
  ['viewers', 256, 'viewers'],
  ['clients', 2000, 'clients'],
  ['query_timeout_ms', 5000, 'ms'],
];

export class AdminError extends Error {
  constructor(status, reason, message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export class Admin {
  #page = {};
  #keys = [];
  #views = new Map();
  #startedMs = Date.now();

  system(viewers, trouble) {
    const now = Date.now();
    const sample = (reason, error, excerpt, more = {}) => ({
      at_ms: now - 60_000,
      reason,
      error,
      language: '',
      service: '',
      stream: null,
      excerpt,
      ...more,
    });
    return {
      version: '0.1.0',
      now_ms: now,
      started_ms: this.#startedMs,
      uptime_ms: now - this.#startedMs,
      role: 'all',
      queue: { bytes: 31_000_000, max_bytes: 256 * MIB, batches: 812 },
      parts: {
        count: 42,
        bytes: 812_000_000,
        index_bytes: 71_000_000,
        records: 14_231_877,
        oldest_ms: now - 12 * 86_400_000,
        newest_ms: now - 240_000,
        set_aside: 0,
      },
      disk: { free_bytes: 61_203_283_968, total_bytes: 107_374_182_400, min_free_bytes: 512 * MIB },
      memory: { resident_bytes: 143_000_000 },
      viewers: { count: viewers, max: 256 },
      rejects: {
        total: 3,
        by_reason: { too_old: 2, json: 1 },
        samples: [
          sample('too_old', 'The record is older than 180 days.', '{"message":"from last year"}', {
            language: 'python',
            service: 'billing',
            stream: 'c'.repeat(32),
          }),
          sample('json', 'expected value at line 1 column 1.', 'not json at all'),
        ],
      },
      limits: LIMITS.map(([name, value, unit]) => ({ name, value, unit })),
      trouble,
    };
  }

  settings() {
    const entry = ([name, value]) => [
      name,
      { value: this.#page[name] ?? value, set_by: name in this.#page ? 'page' : 'default' },
    ];
    return { retention: Object.fromEntries(Object.entries(DEFAULTS).map(entry)) };
  }

  change({ retention = {} }) {
    for (const [name, value] of Object.entries(retention)) {
      if (name === 'keep_days' && value !== null && (value < 1 || value > 36_500)) {
        throw new AdminError(400, 'setting', `keep_days is ${value}; it must be from 1 to 36500.`);
      }
      if (value === null) delete this.#page[name];
      else this.#page[name] = value;
    }
    return this.settings();
  }

  keys() {
    return { keys: this.#keys };
  }

  makeKey({ name = '', scopes = [] }) {
    const id = Math.random().toString(16).slice(2, 10).padEnd(8, '0');
    const shown = { id, name, scopes, last4: 'beef', created: new Date().toISOString() };
    this.#keys.push(shown);
    return { ...shown, key: `dlogs_${id}_${'5eed'.repeat(15)}beef` };
  }

  removeKey(id) {
    if (!this.#keys.some((key) => key.id === id))
      throw new AdminError(404, 'key', `There is no key "${id}".`);
    this.#keys = this.#keys.filter((key) => key.id !== id);
  }

  views() {
    return { views: [...this.#views.values()] };
  }

  saveView(name, { query = '' }) {
    const view = { name, query, created_ms: this.#views.get(name)?.created_ms ?? Date.now() };
    this.#views.set(name, view);
    return view;
  }

  removeView(name) {
    if (!this.#views.delete(name)) throw new AdminError(404, 'view', `There is no view "${name}".`);
  }
}
