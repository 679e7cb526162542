/**
 * Serves dist/ in front of a running server and passes everything else on to it, under that server's own policy: the
 * page of this moment against real records, without building the server anew. Development only.
 * DLOGS_URL (http://localhost:5000), FRONT_PORT (5001; 0 for a free one).
 */
import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const server = new URL(process.env.DLOGS_URL ?? 'http://localhost:5000');
const port = Number(server.port || 80);

/** The server checks Host and Origin; it is spoken to by its own name. */
function named(headers) {
  const out = { ...headers, host: server.host };
  if (headers.origin !== undefined) out.origin = server.origin;
  return out;
}

const policy = (await fetch(server)).headers.get('content-security-policy') ?? '';

async function file(response, path) {
  const name = normalize(path === '/' ? 'index.html' : path.slice(1));
  const body = await readFile(join(DIST, name)).catch(() => null);
  if (body === null) return false;
  response.writeHead(200, {
    'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
  return true;
}

const front = createServer(async (asked, response) => {
  const { pathname } = new URL(asked.url, server);
  if (asked.method === 'GET' && (await file(response, pathname))) return;
  const on = request(
    { host: '127.0.0.1', port, method: asked.method, path: asked.url, headers: named(asked.headers) },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    },
  );
  on.on('error', () => response.destroy());
  response.on('close', () => on.destroy());
  asked.pipe(on);
});
front.on('upgrade', (asked, near, head) => {
  const far = connect(port, '127.0.0.1', () => {
    const lines = Object.entries(named(asked.headers)).map(([name, value]) => `${name}: ${value}`);
    far.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    far.write(head);
    near.pipe(far).pipe(near);
  });
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
  near.on('close', () => far.destroy());
  far.on('close', () => near.destroy());
});
front.listen(Number(process.env.FRONT_PORT ?? 5001), '127.0.0.1', () => {
  console.log(`http://localhost:${front.address().port}`);
});
