/** Real programs of real languages, each logging to the server under test as a person would start it. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Languages whose toolchain is here, as tests/page.sh found them: DLOGS_CLIENTS="python go". */
export function languages() {
  return (process.env.DLOGS_CLIENTS ?? '').split(/\s+/).filter((name) => name !== '');
}

/** Starts each language's demo; a door ends in the program itself, which therefore gets the signals. */
export async function startClients(url, which = languages()) {
  const journals = await mkdtemp(join(tmpdir(), 'dlogs-e2e-journals-'));
  const children = which.map((language) =>
    spawn(join(ROOT, 'doors', `${language}.sh`), ['demo'], {
      cwd: ROOT,
      env: {
        ...process.env,
        DLOGS_ENDPOINT: new URL('/api/logs', url).href,
        DLOGS_JOURNAL_DIR: join(journals, language),
        DLOGS_BATCH_INTERVAL_MS: '200',
        DLOGS_HEARTBEAT_MS: '1000',
      },
      stdio: 'ignore',
    }),
  );
  const end = async (child) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    // A client that cannot say good-bye in time is ended all the same.
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(late);
  };
  return {
    languages: which,
    /** Says good-bye in good order. */
    end: (language) => end(children[which.indexOf(language)]),
    async stop() {
      await Promise.all(children.map(end));
      await rm(journals, { recursive: true, force: true });
    },
  };
}
