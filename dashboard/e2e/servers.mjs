/** The servers that a test may stand before: the given one, one of its own with an empty store, or the fake one. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const FAKE = fileURLToPath(new URL('../dev/fake_server.mjs', import.meta.url));
const FRONT = fileURLToPath(new URL('../dev/front.mjs', import.meta.url));

/** The first address that a program prints. */
async function addressOf(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/[\w.]+:\d+/.exec(line);
    if (found) return found[0];
  }
  throw new Error(`${child.spawnfile} ended without saying where it listens`);
}

async function end(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill(signal);
  await gone;
}

async function startNode(script, env) {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { url: await addressOf(child), stop: () => end(child, 'SIGTERM') };
}

export function startFake(env) {
  return startNode(FAKE, { FAKE_PORT: '0', ...env });
}

/** With DLOGS_FRONT the page is that of dist/ of this moment, not the one inside of the server. */
export async function fronted(server) {
  if (!process.env.DLOGS_FRONT) return server;
  const front = await startNode(FRONT, { DLOGS_URL: server.url, FRONT_PORT: '0' });
  const stop = async () => {
    await front.stop();
    await server.stop();
  };
  return { ...server, url: front.url, stop };
}

/** True when tests are to stand before real servers: DLOGS_URL is one, DLOGS_BIN makes more. */
export function real() {
  return Boolean(process.env.DLOGS_URL && process.env.DLOGS_BIN);
}

/** A real server of one's own; `prepare` is called with its directory before it starts. */
export async function startOwn(args, prepare = async () => {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dlogs-e2e-data-'));
  await prepare(folder);
  const child = spawn(process.env.DLOGS_BIN, ['serve', '--port', '0', '--data', folder, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await addressOf(child);
  const stop = async () => {
    await end(child, 'SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  return { url, folder, stop };
}
