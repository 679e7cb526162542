// Lays out the packages that npm takes: `node pack.mjs NATIVES OUT`. NATIVES/<platform>/dlogs.node are the native halves; each
// becomes a package that npm installs only where it fits, and the library names them all.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const [natives, out] = process.argv.slice(2);
const here = import.meta.dirname;
const { devDependencies, scripts, ...library } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const license = join(here, '../../LICENSE');

function write(folder, description) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
  cpSync(license, join(folder, 'LICENSE'));
}

library.optionalDependencies = {};
for (const platform of readdirSync(natives)) {
  const [, system, musl, cpu] = platform.match(/^(\w+?)(-musl)?-(\w+)$/);
  const os = { linux: 'linux', osx: 'darwin', win: 'win32' }[system];
  const name = `@distributed-logs/${os}-${cpu}${musl ?? ''}`;
  const folder = join(out, `${os}-${cpu}${musl ?? ''}`);
  mkdirSync(folder, { recursive: true });
  cpSync(join(natives, platform, 'dlogs.node'), join(folder, 'dlogs.node'));
  const { version, repository } = library;
  const fits = { os: [os], cpu: [cpu], ...(os === 'linux' && { libc: [musl ? 'musl' : 'glibc'] }) };
  const description = `The native half of distributed-logs for ${basename(folder)}.`;
  write(folder, {
    name,
    version,
    description,
    license: library.license,
    repository,
    main: 'dlogs.node',
    files: ['dlogs.node'],
    ...fits,
  });
  library.optionalDependencies[name] = version;
}

const folder = join(out, 'distributed-logs');
cpSync(join(here, 'dist'), join(folder, 'dist'), { recursive: true, filter: (path) => !path.endsWith('.node') });
cpSync(join(here, 'README.md'), join(folder, 'README.md'));
write(folder, library);
