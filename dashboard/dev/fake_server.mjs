/**
 * A server that answers as spec/api.md says, with invented traffic, to work on the page without a server.
 * Development only: nothing is stored. FAKE_PORT (5000), FAKE_RATE (40 records a second), FAKE_KEY (asks for it).
 * POST /fake {"burst": 12000 | 0, "trouble": "...", "drop": true} steers it.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { compile, QueryError } from './query.mjs';
import { Store } from './store.mjs';
import { clients, record } from './traffic.mjs';
import { Viewer } from './viewer.mjs';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types dlogs-template',
].join('; ');

const rate = Number(process.env.FAKE_RATE ?? 40);
const key = process.env.FAKE_KEY ?? '';
const store = new Store();
const viewers = new Set();
let burst = 0;
let trouble = null;

function take(entry) {
  const row = store.add(entry);
  for (const viewer of viewers) viewer.offer(row);
}

function known() {
  return rate > 0 ? clients(Date.now()) : [];
}

function allowed(request) {
  return key === '' || (request.headers.cookie ?? '').includes(`dlogs_key=${key}`);
}

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(body === null ? '' : JSON.stringify(body));
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

function rows(response, params) {
  const filter = Object.fromEntries(params);
  const from = params.get('from');
  try {
    const found = store.query(
      compile(filter),
      from === null ? null : Date.parse(from),
      Number(params.get('limit') ?? 100),
      params.get('cursor'),
    );
    answer(response, 200, {
      ...found,
      scanned: { records: store.rows.length, batches: 1, ms: 1 },
      partial: false,
    });
  } catch (cause) {
    if (!(cause instanceof QueryError)) throw cause;
    answer(response, 400, { dlogs: 1, reason: 'query', error: cause.message, position: cause.position });
  }
}

async function ingest(request, response) {
  const body = await bodyOf(request);
  const list = Array.isArray(body) ? body : (body.logs ?? [body]);
  for (const entry of list) {
    take({ language: 'http', ...entry, level: String(entry.level ?? 'INFO').toUpperCase() });
  }
  answer(response, 200, { dlogs: 1, accepted: list.length, rejected: [], durability: 'disk' });
}

async function login(request, response) {
  if ((await bodyOf(request)).key !== key) {
    return answer(response, 401, { dlogs: 1, reason: 'key_unknown', error: 'This key is not known here.' });
  }
  answer(response, 204, null, { 'Set-Cookie': `dlogs_key=${key}; HttpOnly; SameSite=Strict; Path=/` });
}

async function steer(request, response) {
  const order = await bodyOf(request);
  if ('burst' in order) burst = order.burst;
  if ('trouble' in order) trouble = order.trouble;
  if (order.drop) for (const socket of sockets.clients) socket.terminate();
  answer(response, 204, null);
}

async function file(response, path) {
  const name = normalize(path === '/' ? 'index.html' : path.slice(1));
  try {
    const body = await readFile(join(DIST, name));
    response.writeHead(200, {
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  } catch {
    answer(response, 404, {
      dlogs: 1,
      reason: 'route',
      error: `There is nothing at ${path}. Run npm run build first.`,
    });
  }
}

const ROUTES = {
  'GET /api/logs': (_, response, params) => rows(response, params),
  'GET /api/stats': (_, response) => answer(response, 200, store.stats(known(), viewers.size, trouble, true)),
  'GET /api/clients': (_, response) => answer(response, 200, { clients: known() }),
};
const OPEN_ROUTES = { 'POST /api/logs': ingest, 'POST /api/session': login, 'POST /fake': steer };

async function serve(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const route = `${request.method} ${url.pathname}`;
  if (OPEN_ROUTES[route]) return OPEN_ROUTES[route](request, response);
  if (!ROUTES[route]) return file(response, url.pathname);
  if (allowed(request)) return ROUTES[route](request, response, url.searchParams);
  answer(response, 401, { dlogs: 1, reason: 'key_missing', error: 'This server asks for an API key.' });
}

const server = createServer((request, response) => {
  serve(request, response).catch((cause) =>
    answer(response, 400, { dlogs: 1, reason: 'json', error: cause.message }),
  );
});
const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) => {
  if (!request.url.startsWith('/api/ws') || !allowed(request)) return socket.destroy();
  sockets.handleUpgrade(request, socket, head, (live) => {
    const viewer = new Viewer(live, key !== '');
    viewers.add(viewer);
    live.on('close', () => viewers.delete(viewer));
    viewer.send({ type: 'clients', clients: known() });
  });
});

/** The last quarter of an hour is invented at the start, so that the chart is full at once. */
function past() {
  if (rate === 0) return;
  const nowS = Math.floor(Date.now() / 1000);
  for (let at = nowS - 900; at < nowS; at += 1) {
    const wave = 1 + 0.5 * Math.sin(at / 40) + (at % 240 < 12 ? 3 : 0);
    for (let n = 0; n < rate * wave; n += 1) store.count(record(), at, at * 1000, 1);
  }
  store.stored += [...store.languages.values()].reduce((sum, language) => sum + language.count, 0);
}

let owed = 0;
setInterval(() => {
  const wave = 1 + 0.4 * Math.sin(Date.now() / 9000);
  owed += ((burst > 0 ? burst : rate * wave) * 50) / 1000;
  for (; owed >= 1; owed -= 1) take(record());
}, 50);
setInterval(() => {
  for (const viewer of viewers) viewer.flush();
}, 100);
setInterval(() => {
  const stats = JSON.stringify(store.stats(known(), viewers.size, trouble, false));
  const state = JSON.stringify({ type: 'clients', clients: known() });
  for (const viewer of viewers) {
    viewer.send(stats);
    viewer.send(state);
  }
}, 1000);

past();
server.listen(Number(process.env.FAKE_PORT ?? 5000), '127.0.0.1', () => {
  console.log(`http://localhost:${server.address().port}`);
});
