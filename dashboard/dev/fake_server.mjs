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
import { Admin, AdminError } from './admin.mjs';
import { compile, QueryError } from './query.mjs';
import { context, exported, facets, fields, hits, matching } from './reading.mjs';
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
const admin = new Admin();
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

/** Answers with what a reading of the matching rows gives; a query that is not understood with its position. */
function reading(response, params, read) {
  try {
    answer(response, 200, read(store.rows, compile(Object.fromEntries(params)), params));
  } catch (cause) {
    if (!(cause instanceof QueryError)) throw cause;
    answer(response, 400, { dlogs: 1, reason: 'query', error: cause.message, position: cause.position });
  }
}

function page(rows, test, params) {
  const found = matching(rows, test, params).reverse();
  const from = Number(params.get('cursor') ?? 0);
  const to = from + Number(params.get('limit') ?? 100);
  const scanned = { records: rows.length, batches: 1, ms: 1 };
  return {
    rows: found.slice(from, to),
    cursor: to < found.length ? String(to) : null,
    scanned,
    partial: false,
  };
}

function missing(response, id) {
  answer(response, 404, { dlogs: 1, reason: 'record', error: `There is no record ${id}.` });
}

function one(response, id) {
  const row = store.rows.find((candidate) => candidate.id === id);
  if (row === undefined) missing(response, id);
  else answer(response, 200, row);
}

function around(response, id, params) {
  const found = context(store.rows, id, params);
  if (found === null) missing(response, id);
  else answer(response, 200, found);
}

function exportFile(response, params) {
  const format = params.get('format') ?? 'ndjson';
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Disposition': `attachment; filename="dlogs.${format}"`,
  });
  response.end(exported(store.rows, compile(Object.fromEntries(params)), params));
}

async function ingest(request, response) {
  const body = await bodyOf(request);
  const list = Array.isArray(body) ? body : (body.logs ?? [body]);
  for (const { timestamp, ...entry } of list) {
    const told = timestamp === undefined ? {} : { time_ns: `${Date.parse(timestamp)}000000` };
    take({ language: 'http', ...entry, ...told, level: String(entry.level ?? 'INFO').toUpperCase() });
  }
  answer(response, 200, { dlogs: 1, accepted: list.length, rejected: [], durability: 'disk' });
}

async function login(request, response) {
  const given = (await bodyOf(request)).key;
  // Without FAKE_KEY every key is as good as none.
  if (key !== '' && given !== key) {
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
  'GET /api/logs': (_, response, params) => reading(response, params, page),
  'GET /api/logs/hits': (_, response, params) => reading(response, params, hits),
  'GET /api/logs/facets': (_, response, params) => reading(response, params, facets),
  'GET /api/logs/fields': (_, response, params) => reading(response, params, fields),
  'GET /api/logs/export': (_, response, params) => exportFile(response, params),
  'GET /api/stats': (_, response) => answer(response, 200, store.stats(known(), viewers.size, trouble, true)),
  'GET /api/clients': (_, response) => answer(response, 200, { clients: known() }),
  'GET /api/system': (_, response) => answer(response, 200, admin.system(viewers.size, trouble)),
  'GET /api/settings': (_, response) => answer(response, 200, admin.settings()),
  'PUT /api/settings': async (request, response) =>
    answer(response, 200, admin.change(await bodyOf(request))),
  'GET /api/keys': (_, response) => answer(response, 200, admin.keys()),
  'POST /api/keys': async (request, response) => answer(response, 201, admin.makeKey(await bodyOf(request))),
  'GET /api/views': (_, response) => answer(response, 200, admin.views()),
};
/** Routes whose path names something; the first part that matches is handed over, decoded. */
const NAMED_ROUTES = [
  [/^GET \/api\/logs\/([^/]+)$/, (_, response, _params, id) => one(response, id)],
  [/^GET \/api\/logs\/([^/]+)\/context$/, (_, response, params, id) => around(response, id, params)],
  [
    /^DELETE \/api\/keys\/([^/]+)$/,
    (_, response, _params, id) => {
      admin.removeKey(id);
      answer(response, 204, null);
    },
  ],
  [
    /^PUT \/api\/views\/([^/]+)$/,
    async (request, response, _params, name) =>
      answer(response, 200, admin.saveView(name, await bodyOf(request))),
  ],
  [
    /^DELETE \/api\/views\/([^/]+)$/,
    (_, response, _params, name) => {
      admin.removeView(name);
      answer(response, 204, null);
    },
  ],
];
const OPEN_ROUTES = { 'POST /api/logs': ingest, 'POST /api/session': login, 'POST /fake': steer };

function routeOf(route) {
  if (ROUTES[route]) return ROUTES[route];
  for (const [path, run] of NAMED_ROUTES) {
    const found = path.exec(route);
    if (found) {
      return (request, response, params) => run(request, response, params, decodeURIComponent(found[1]));
    }
  }
  return null;
}

async function serve(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const route = `${request.method} ${url.pathname}`;
  if (OPEN_ROUTES[route]) return OPEN_ROUTES[route](request, response);
  const run = routeOf(route);
  if (run === null) return file(response, url.pathname);
  if (allowed(request)) return run(request, response, url.searchParams);
  answer(response, 401, { dlogs: 1, reason: 'key_missing', error: 'This server asks for an API key.' });
}

const server = createServer((request, response) => {
  serve(request, response).catch((cause) => {
    const [status, reason] = cause instanceof AdminError ? [cause.status, cause.reason] : [400, 'json'];
    answer(response, status, { dlogs: 1, reason, error: cause.message });
  });
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
