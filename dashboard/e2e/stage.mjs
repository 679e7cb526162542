/** What every browser test stands on: a server (DLOGS_URL, or the fake one), a relay, Chromium, and a way to log. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { openRelay } from './relay.mjs';
import { fronted, real, startFake, startOwn } from './servers.mjs';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A name that no other test and no earlier run has used. */
export function unique(prefix) {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}

/** A native batch without records: what a client says of itself (spec/wire.md). */
function heartbeat(client) {
  const stream = client.stream ?? `${randomBytes(16).toString('hex')}.0`;
  const header = JSON.stringify({
    v: 1,
    stream,
    first_seq: 1,
    last_seq: 0,
    salt: '0000000000000000',
    check: 'crc32c',
    client,
  });
  const body = Buffer.from(header);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
}

async function serverFor({ fakeOnly, own }) {
  if (fakeOnly === null && own !== null && real())
    return fronted(await startOwn(own.args ?? [], own.prepare));
  if (fakeOnly !== null || own !== null) return { ...(await startFake(fakeOnly ?? own.fake)), fake: true };
  if (process.env.DLOGS_URL) return fronted({ url: process.env.DLOGS_URL, stop: async () => {} });
  return { ...(await startFake({ FAKE_RATE: '20' })), fake: true };
}

/**
 * `fakeOnly` asks for the fake server with these variables whatever DLOGS_URL says; `own` for a server that nobody else
 * uses: a real one with `args` where DLOGS_BIN is given, else the fake one with the variables `fake`.
 */
export async function openStage({
  fakeOnly = null,
  own = null,
  width = 1440,
  height = 900,
  theme = 'dark',
  ...more
} = {}) {
  const server = await serverFor({ fakeOnly, own });
  const url = new URL(server.url);
  const relay = await openRelay('127.0.0.1', Number(url.port || 80));
  const profile = await mkdtemp(join(tmpdir(), 'dlogs-e2e-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    // The page keeps the server's own name, so that its check of Host and Origin is met.
    args: [...ARGS, `--host-resolver-rules=MAP ${url.hostname} 127.0.0.1:${relay.port}`],
    viewport: { width, height },
    colorScheme: theme,
    ...more,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  /** Errors of the page itself, broken policies among them; lost connections are not errors of the page. */
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (
      message.type() === 'error' &&
      !/net::ERR|WebSocket connection|status of (400|401|403|404|409)/.test(text)
    ) {
      problems.push(text);
    }
  });

  const call = (path, body, type = 'application/json') =>
    fetch(`http://127.0.0.1:${url.port}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': type, Host: url.host },
      body: type === 'application/json' ? JSON.stringify(body) : body,
    });

  return {
    page,
    relay,
    problems,
    isFake: server.fake === true,
    url: server.url,
    open: (hash) => page.goto(`${url.origin}/${hash}`),
    policy: async () =>
      (await fetch(`http://127.0.0.1:${url.port}/`)).headers.get('content-security-policy') ?? '',
    get: async (path) => (await fetch(`http://127.0.0.1:${url.port}${path}`)).json(),
    async log(records) {
      const answer = await call('/api/logs', records);
      if (!answer.ok) throw new Error(`POST /api/logs: ${answer.status} ${await answer.text()}`);
    },
    /** A client's word about itself; the fake server has its own clients. */
    async heartbeat(client) {
      const answer = await call('/api/logs', heartbeat(client), 'application/vnd.dlogs.batch');
      if (!answer.ok) throw new Error(`heartbeat: ${answer.status} ${await answer.text()}`);
    },
    steer: (order) => call('/fake', order),
    /** Waits until the page's socket is live. */
    live: () => page.waitForSelector('.link-live'),
    async close() {
      await context.close();
      relay.close();
      await server.stop();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Asks again until it holds; a test never waits for a time. */
export async function until(what, holds, timeoutMs = 20_000) {
  const end = Date.now() + timeoutMs;
  let last;
  while (Date.now() < end) {
    last = await holds();
    if (last) return last;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited ${timeoutMs} ms in vain: ${what}; last seen: ${JSON.stringify(last)}`);
}
