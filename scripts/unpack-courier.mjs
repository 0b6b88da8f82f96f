// A second real IMAP server for the tests. Debian's courier-imap can't be installed beside Dovecot, so it is unpacked
// into .cache/courier and run from there, as an ordinary user.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../.cache', import.meta.url));
const PLACE = path.join(CACHE, 'courier');

/** @throws Error with what the package manager said */
export function unpackCourier() {
  if (existsSync(PLACE)) return;
  mkdirSync(CACHE, { recursive: true });
  const dir = mkdtempSync(path.join(CACHE, 'courier-'));
  try {
    download(dir);
    const files = readdirSync(dir).filter((file) => file.endsWith('.deb'));
    for (const file of files) run('dpkg-deb', ['-x', file, 'root'], dir);
    renameSync(path.join(dir, 'root'), PLACE);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A fresh machine has no lists of packages yet. */
function download(dir) {
  try {
    run('apt-get', ['download', '-qq', ...packages()], dir);
  } catch {
    run('apt-get', ['update', '-qq'], dir);
    run('apt-get', ['download', '-qq', ...packages()], dir);
  }
}

/** Courier itself, and of its libraries those that this machine lacks. */
function packages() {
  const own = ['courier-imap', 'courier-authlib', 'gamin'];
  const lines = run('apt-cache', ['depends', ...own], CACHE).split('\n');
  const needed = lines.flatMap((line) => /^[ |]+Depends: (lib\S+)$/.exec(line)?.[1] ?? []);
  return [...own, ...[...new Set(needed)].filter((name) => !isInstalled(name))];
}

function isInstalled(name) {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
  return asked.stdout?.includes('ok installed') ?? false;
}

function run(program, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) unpackCourier();
