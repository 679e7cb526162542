/** Reads the invented records as the server reads stored ones: counts, values, one record, its context, a file. Development only. */

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const STEPS_MS = [100, 500, 1000, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 86_400_000];
const FIELDS = ['level', 'service', 'language', 'component', 'environment', 'host'];

export function whenMs(text, nowMs) {
  if (!text || text === 'now') return text ? nowMs : null;
  const age = /^(?:now-)?(\d+)(ms|s|m|h|d|w)$/.exec(text);
  return age ? nowMs - Number(age[1]) * UNIT_MS[age[2]] : Date.parse(text);
}

function msOf(row) {
  return Number(row.time_ns.slice(0, -6));
}

function fieldOf(row, field) {
  const value = FIELDS.includes(field) ? row[field] : (row.metadata?.[field] ?? row[field]);
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** Rows that match within `from` and `to`, oldest first. */
export function matching(rows, test, params) {
  const nowMs = Date.now();
  const from = whenMs(params.get('from'), nowMs) ?? 0;
  const to = whenMs(params.get('to'), nowMs) ?? Number.POSITIVE_INFINITY;
  return rows
    .filter((row) => msOf(row) >= from && msOf(row) <= to && test(row))
    .sort((a, b) => Number(BigInt(a.time_ns) - BigInt(b.time_ns)));
}

function scanned(rows) {
  return { records: rows.length, batches: 1, ms: 1 };
}

export function hits(rows, test, params) {
  const found = matching(rows, test, params);
  const nowMs = Date.now();
  const most = Number(params.get('buckets') ?? 60);
  const field = params.get('field') ?? 'level';
  const first = whenMs(params.get('from'), nowMs) ?? (found.length > 0 ? msOf(found[0]) : nowMs - 1000);
  const last = whenMs(params.get('to'), nowMs) ?? nowMs;
  const step = STEPS_MS.find((ms) => (last - first) / ms <= most) ?? UNIT_MS.w;
  const start = Math.floor(first / step) * step;
  const buckets = Math.floor((last - start) / step) + 1;
  const values = new Map();
  for (const row of found) {
    const value = fieldOf(row, field);
    const counts = values.get(value) ?? new Array(buckets).fill(0);
    counts[Math.min(buckets - 1, Math.floor((msOf(row) - start) / step))] += 1;
    values.set(value, counts);
  }
  const all = [...values]
    .map(([value, counts]) => ({ value, total: counts.reduce((sum, n) => sum + n, 0), counts }))
    .sort((a, b) => b.total - a.total);
  const shown = all.slice(0, Number(params.get('limit') ?? 10));
  return {
    field,
    start_ms: start,
    step_ms: step,
    buckets,
    total: found.length,
    hits: shown,
    other: null,
    scanned: scanned(rows),
    partial: false,
  };
}

function survey(found) {
  const fields = new Map();
  for (const row of found) {
    for (const field of [...FIELDS, ...Object.keys(row.metadata ?? {})]) {
      const value = fieldOf(row, field);
      if (value === '') continue;
      const counts = fields.get(field) ?? new Map();
      counts.set(value, (counts.get(value) ?? 0) + 1);
      fields.set(field, counts);
    }
  }
  return fields;
}

function recordsOf(counts) {
  return [...counts.values()].reduce((sum, n) => sum + n, 0);
}

export function facets(rows, test, params) {
  const wanted = (params.get('fields') ?? '').split(',').filter(Boolean);
  const limit = Number(params.get('limit') ?? 10);
  const list = [...survey(matching(rows, test, params))]
    .filter(([field, counts]) => (wanted.length > 0 ? wanted.includes(field) : counts.size <= 1000))
    .map(([field, counts]) => ({
      field,
      records: recordsOf(counts),
      more: counts.size > limit,
      values: [...counts]
        .map(([value, count]) => ({ value, count }))
        .sort((a, b) => b.count - a.count)
        .slice(0, limit),
    }));
  return { facets: list, scanned: scanned(rows), partial: false };
}

export function fields(rows, test, params) {
  const list = [...survey(matching(rows, test, params))].map(([field, counts]) => ({
    field,
    records: recordsOf(counts),
    values: counts.size > 1000 ? null : counts.size,
  }));
  return { fields: list, scanned: scanned(rows), partial: false };
}

/** Null when there is no such record. */
export function context(rows, id, params) {
  const record = rows.find((row) => row.id === id);
  if (record === undefined) return null;
  const sorted = rows.toSorted((a, b) => Number(BigInt(a.time_ns) - BigInt(b.time_ns)));
  const at = sorted.indexOf(record);
  const same = params.get('same') ?? 'stream';
  const alike = (row) => same === 'all' || row[same] === record[same];
  return {
    before: sorted
      .slice(0, at)
      .filter(alike)
      .slice(-Number(params.get('before') ?? 10))
      .reverse(),
    record,
    after: sorted
      .slice(at + 1)
      .filter(alike)
      .slice(0, Number(params.get('after') ?? 10)),
    partial: false,
  };
}

const WRITERS = {
  ndjson: (row) => JSON.stringify(row),
  csv: (row) =>
    [row.time, row.level, row.service, row.message].map((cell) => JSON.stringify(cell ?? '')).join(','),
  txt: (row) => `${row.time} ${row.level} ${row.service ?? ''} ${row.message}`,
};

export function exported(rows, test, params) {
  const write = WRITERS[params.get('format') ?? 'ndjson'];
  const lines = matching(rows, test, params).reverse().map(write);
  return `${lines.join('\n')}\n`;
}
