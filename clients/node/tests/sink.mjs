/** A server for tests: acknowledges batches by spec/wire.md, once and in order, and keeps what came. */

import { createServer } from 'node:http';
import { native } from '../dist/native.js';
import { until } from './until.mjs';

/** Knows native batches without compression. `mode`: ok, hang, or a status to answer with. */
export class Sink {
  mode = 'ok';
  requests = 0;
  headers = [];
  rows = new Map();
  held = [];

  async open() {
    this.server = createServer(async (request, response) => {
      const chunks = [];
      try {
        for await (const chunk of request) {
          chunks.push(chunk);
        }
      } catch {
        return; // A client that is killed says nothing to its server either.
      }
      this.requests++;
      if (this.mode === 'hang') {
        this.held.push(() => this.answer(response, Buffer.concat(chunks)));
      } else {
        this.answer(response, Buffer.concat(chunks));
      }
    });
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.endpoint = `http://127.0.0.1:${this.server.address().port}/api/logs`;
    return this;
  }

  /** The server hangs no more: what it was asked meanwhile is answered now. */
  release() {
    this.mode = 'ok';
    for (const answer of this.held.splice(0)) {
      answer();
    }
  }

  answer(response, body) {
    const failing = typeof this.mode === 'number';
    const answer = failing ? { dlogs: 1, error: 'told to', reason: 'stopping' } : this.take(body);
    response.writeHead(failing ? this.mode : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  }

  take(body) {
    let at = 4 + body.readUInt32LE(0);
    const header = JSON.parse(body.toString('utf8', 4, at));
    this.headers.push(header);
    let seq = header.first_seq - 1;
    let accepted = 0;
    for (; at < body.length; accepted++) {
      const size = body.readUInt32LE(at);
      const low = body.readUInt32LE(at + 16);
      seq = Math.max(seq + 1, header.first_seq);
      seq += (low - seq) >>> 0;
      const row = JSON.parse(native.show(body.subarray(at + 24, at + 24 + size)));
      const time_ns = body.readBigUInt64LE(at + 8);
      this.rows.set(`${header.stream} ${seq}`, { ...row, time_ns, pid: header.client.pid });
      at += Math.ceil((24 + size) / 8) * 8;
    }
    return { dlogs: 1, accepted, rejected: [], acked_through: header.last_seq, durability: 'disk' };
  }

  /** The rows, once there are so many. */
  async wait(count) {
    await until(
      () => this.rows.size >= count,
      () => `${this.rows.size} of ${count} records came`,
    );
    return [...this.rows.values()];
  }

  get messages() {
    return Array.from(this.rows.values(), (row) => row.message);
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
