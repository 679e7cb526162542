/** One page's live socket: a budget of rows, every error kept, exact counts of the rest. Development only. */
import { compile, QueryError } from './query.mjs';

const BUDGET = 200;
const FRAMES_A_SECOND = 10;

export class Viewer {
  #socket;
  #test = () => true;
  #rows = [];
  #matched = 0;
  #skippedByLevel = {};
  /** Rows that may be sent now; filled at the budget's rate, up to two seconds' worth. */
  #tokens = 2 * BUDGET;

  constructor(socket, keyed) {
    this.#socket = socket;
    socket.on('message', (data) => this.#message(JSON.parse(String(data))));
    this.send({
      type: 'hello',
      v: 1,
      server: '0.1.0',
      now_ms: Date.now(),
      budget: BUDGET,
      auth: keyed ? 'key' : 'open',
    });
  }

  send(frame) {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  offer(row) {
    if (!this.#test(row)) return;
    this.#matched += 1;
    // An error may go into debt, so that it is kept when a flood has used everything up.
    const error = row.level === 'ERROR' || row.level === 'CRITICAL';
    if (this.#tokens > (error ? -BUDGET : 0)) {
      this.#tokens -= 1;
      this.#rows.push(row);
    } else {
      this.#skippedByLevel[row.level] = (this.#skippedByLevel[row.level] ?? 0) + 1;
    }
  }

  flush() {
    this.#tokens = Math.min(2 * BUDGET, this.#tokens + BUDGET / FRAMES_A_SECOND);
    if (this.#matched === 0) return;
    this.send({
      type: 'rows',
      rows: this.#rows,
      matched: this.#matched,
      skipped: this.#matched - this.#rows.length,
      skipped_by_level: this.#skippedByLevel,
    });
    this.#clear();
  }

  #clear() {
    this.#rows = [];
    this.#matched = 0;
    this.#skippedByLevel = {};
  }

  #message(message) {
    if (message.type !== 'view') return;
    try {
      this.#test = compile(message);
      this.#clear();
      this.send({ type: 'view', ok: true });
    } catch (cause) {
      if (!(cause instanceof QueryError)) throw cause;
      this.send({ type: 'error', reason: 'query', error: cause.message, position: cause.position });
    }
  }
}
