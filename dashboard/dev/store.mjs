/** Keeps the newest records and counts them, as the server's store and rollups do. Development only. */

const KEEP_ROWS = 50_000;
const KEEP_SECONDS = 900;
const STREAM = 'feedfacefeedfacefeedfacefeedface.0';

/** Half of the records took as long, and 99 of 100. */
const delayIn = (second) => ({ p50: 3, p99: 9 + (second % 5) });

export class Store {
  rows = [];
  seconds = new Map();
  languages = new Map();
  levels = {};
  stored = 0;
  startedMs = Date.now();

  add(record, nowMs = Date.now()) {
    this.stored += 1;
    const timeNs = record.time_ns ?? `${nowMs}${String(this.stored % 1_000_000).padStart(6, '0')}`;
    const row = {
      id: `${timeNs}-${STREAM}-${this.stored}`,
      time_ns: timeNs,
      time: new Date(Number(timeNs.slice(0, -6))).toISOString(),
      stream: STREAM,
      seq: this.stored,
      ...record,
    };
    this.rows.push(row);
    if (this.rows.length > KEEP_ROWS * 1.2) this.rows.splice(0, this.rows.length - KEEP_ROWS);
    this.count(row, Math.floor(nowMs / 1000), nowMs, 1);
    return row;
  }

  count(row, second, nowMs, by) {
    const counts = this.seconds.get(second) ?? new Map();
    const key = `${row.language}\t${row.service}\t${row.level}`;
    counts.set(key, (counts.get(key) ?? 0) + by);
    this.seconds.set(second, counts);
    this.levels[row.level] = (this.levels[row.level] ?? 0) + by;
    const language = this.languages.get(row.language) ?? { count: 0, errors: 0, lastSeenMs: 0 };
    language.count += by;
    language.lastSeenMs = Math.max(language.lastSeenMs, nowMs);
    if (row.level === 'ERROR' || row.level === 'CRITICAL') language.errors += by;
    this.languages.set(row.language, language);
  }

  second(at) {
    const counts = [...(this.seconds.get(at) ?? new Map())].map(([key, n]) => [...key.split('\t'), n]);
    return { at, counts };
  }

  rateOf(language, nowS) {
    let sum = 0;
    for (let at = nowS - 5; at < nowS; at += 1) {
      for (const [key, n] of this.seconds.get(at) ?? [])
        if (!language || key.startsWith(`${language}\t`)) sum += n;
    }
    return sum / 5;
  }

  stats(clients, viewers, trouble, whole) {
    const nowMs = Date.now();
    const nowS = Math.floor(nowMs / 1000);
    for (const at of this.seconds.keys()) if (at < nowS - KEEP_SECONDS) this.seconds.delete(at);
    const over = [...this.seconds.keys()].filter((at) => at < nowS);
    const languages = [...this.languages].map(([language, seen]) => {
      const present = { connected: 0, silent: 0, failed: 0, gone: 0 };
      for (const client of clients) if (client.language === language) present[client.presence] += 1;
      return {
        language,
        count: seen.count,
        rate: this.rateOf(language, nowS),
        errors: seen.errors,
        last_seen_ms: seen.lastSeenMs,
        clients: present,
      };
    });
    return {
      type: 'stats',
      now_ms: nowMs,
      uptime_ms: nowMs - this.startedMs,
      totals: { stored: this.stored, rejected: 0, duplicates: 212, lost: 37, expired: 0 },
      rate: this.rateOf('', nowS),
      second: this.second(nowS - 1),
      ...(whole
        ? {
            seconds: over.map((at) => this.second(at)),
            delays: over.map((at) => [at, delayIn(at).p50, delayIn(at).p99]),
          }
        : {}),
      languages,
      levels: this.levels,
      ingest_delay_ms: delayIn(nowS),
      queue: { bytes: 31_000_000 + (nowS % 60) * 100_000, max_bytes: 256_000_000, batches: 812 },
      disk: { free_bytes: 61_203_283_968 },
      viewers,
      trouble,
    };
  }

  /** Newest first, from `cursor` on. */
  query(test, fromMs, limit, cursor) {
    const rows = [];
    let at = cursor === null ? this.rows.length - 1 : Number(cursor);
    for (; at >= 0 && rows.length < limit; at -= 1) {
      const row = this.rows[at];
      if (fromMs !== null && Number(row.time_ns.slice(0, -6)) < fromMs) return { rows, cursor: null };
      if (test(row)) rows.push(row);
    }
    return { rows, cursor: at >= 0 && rows.length === limit ? String(at) : null };
  }
}
