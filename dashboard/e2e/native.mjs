/** Batches as the libraries send them (spec/wire.md), put together by hand: any client, any gap, any loss. Sends nothing. */
import { randomBytes } from 'node:crypto';

const TYPE = 'application/vnd.dlogs.batch';
const SALT = 0x0123456789abcdefn;
const HEADER_BYTES = 24;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

function crc32c(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff];
  return (value ^ 0xffffffff) >>> 0;
}

/** A record without fields (spec/record.md). */
function body(level, message) {
  const text = Buffer.from(message);
  const head = Buffer.alloc(16);
  head.writeUInt8(level, 0);
  head.writeUInt32LE(text.length, 12);
  return Buffer.concat([head, text]);
}

function frame(instance, seq, record, timeNs) {
  const bytes = body(record.level ?? 2, record.message ?? `record ${seq}`);
  const checked = Buffer.alloc(8 + 16 + 2 + 8 + 4 + 8 + 2 + 2);
  checked.writeBigUInt64LE(SALT, 0);
  instance.copy(checked, 8);
  checked.writeBigUInt64LE(BigInt(seq), 26);
  checked.writeUInt32LE(bytes.length, 34);
  checked.writeBigUInt64LE(timeNs, 38);
  const check = crc32c(Buffer.concat([checked, bytes]));
  const out = Buffer.alloc(Math.ceil((HEADER_BYTES + bytes.length) / 8) * 8);
  out.writeUInt32LE(bytes.length, 0);
  out.writeUInt32LE(check, 4);
  out.writeBigUInt64LE(timeNs, 8);
  out.writeUInt32LE(seq, 16);
  bytes.copy(out, HEADER_BYTES);
  return out;
}

/** A logger process of the tests' own. `seqs` are the numbers that it sends; what is left out is a gap or a loss. */
export class Process {
  instance = randomBytes(16);
  stream = `${this.instance.toString('hex')}.0`;
  #client;

  constructor(client) {
    this.#client = {
      language: 'python',
      sdk_version: '0.1.0',
      runtime_version: 'CPython 3.12.4',
      host: 'host-1',
      pid: 4711,
      started_at: new Date(Date.now() - 60_000).toISOString(),
      state: 'running',
      activity: 'batching',
      ...client,
    };
  }

  batch({ seqs = [], losses = [], client = {}, end = false, upTo } = {}) {
    const last = upTo ?? seqs.at(-1) ?? 0;
    const header = Buffer.from(
      JSON.stringify({
        v: 1,
        stream: this.stream,
        first_seq: seqs[0] ?? last + 1,
        last_seq: last,
        salt: SALT.toString(16).padStart(16, '0'),
        check: 'crc32c',
        losses,
        end_of_stream: end,
        client: { ...this.#client, ...client },
      }),
    );
    const length = Buffer.alloc(4);
    length.writeUInt32LE(header.length);
    const now = BigInt(Date.now()) * 1_000_000n;
    const frames = seqs.map((seq, at) =>
      frame(this.instance, seq, { message: `of ${this.#client.service} ${seq}` }, now + BigInt(at)),
    );
    return { type: TYPE, body: Buffer.concat([length, header, ...frames]) };
  }
}
