/** What every browser test stands on: a server (DLOGS_URL, or the fake one), a relay, Chromium, and a way to log. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { openRelay } from './relay.mjs';

const FAKE = fileURLToPath(new URL('../dev/fake_server.mjs', import.meta.url));
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function startFake(env) {
  const child = spawn(process.execPath, [FAKE], {
    env: { ...process.env, FAKE_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((done) => child.stdout.once('data', (data) => done(String(data).trim())));
  return { url, stop: () => child.kill() };
}

/** A name that no other test and no earlier run has used. */
export function unique(prefix) {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}

/** `fakeOnly` asks for the fake server with these variables whatever DLOGS_URL says. */
export async function openStage({ fakeOnly = null, width = 1440, height = 900, theme = 'dark' } = {}) {
  const given = fakeOnly === null ? process.env.DLOGS_URL : undefined;
  const server = given ? { url: given, stop() {} } : await startFake(fakeOnly ?? { FAKE_RATE: '20' });
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
  });
  const page = context.pages()[0] ?? (await context.newPage());
  /** Errors of the page itself, broken policies among them; lost connections are not errors of the page. */
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/net::ERR|WebSocket connection|status of (400|401)/.test(text)) {
      problems.push(text);
    }
  });

  const call = (path, body) =>
    fetch(`http://127.0.0.1:${url.port}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Host: url.host },
      body: JSON.stringify(body),
    });

  return {
    page,
    relay,
    problems,
    isFake: !given,
    open: (hash) => page.goto(`${url.origin}/${hash}`),
    get: async (path) => (await fetch(`http://127.0.0.1:${url.port}${path}`)).json(),
    async log(records) {
      const answer = await call('/api/logs', records);
      if (!answer.ok) throw new Error(`POST /api/logs: ${answer.status} ${await answer.text()}`);
    },
    steer: (order) => call('/fake', order),
    /** Waits until the page's socket is live. */
    live: () => page.waitForSelector('.link-live'),
    async close() {
      await context.close();
      relay.close();
      server.stop();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Asks again until it holds; a test never waits for a time. */
export async function until(what, holds, timeoutMs = 10_000) {
  const end = Date.now() + timeoutMs;
  let last;
  while (Date.now() < end) {
    last = await holds();
    if (last) return last;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited ${timeoutMs} ms in vain: ${what}; last seen: ${JSON.stringify(last)}`);
}
