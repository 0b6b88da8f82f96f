// `npm start`: installs and builds what is missing or stale, then hands over to the supervisor. Plain JavaScript and
// Node's own modules only, since it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`Hongyan needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer one from nodejs.org.`);
}

// Not `npm ci`: it refuses a lockfile without the optional builds of other platforms, which a registry may lack. The
// lockfile still decides every version, and --no-save leaves it as it is.
step('node_modules', lockHash(), 'Installing packages (a minute or two, the first time)', [
  'install',
  '--no-save',
  '--no-audit',
  '--no-fund',
]);
step(
  'dist/.server',
  newestChange(['apps', 'libs', 'migrations', 'scripts', 'test'], /^apps\/admin/),
  'Building the server',
  ['run', '-s', 'build:server'],
);
step('dist/.admin', newestChange(['apps/admin']), 'Building the admin UI', ['run', '-s', 'build:admin']);

if (!process.argv.includes('--prepare-only')) {
  await import(pathToFileURL(path.join(root, 'dist/apps/launcher/src/main.js')).href);
}

/** Runs npm with `args` unless the stamp of the last time is the same. */
function step(name, fingerprint, title, args) {
  const stamp = name === 'node_modules' ? 'node_modules/.hongyan-installed' : `${name}-stamp`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  console.log(`${title} …`);
  const npm = spawnSync('npm', args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  if (npm.status !== 0) stop(`npm ${args.join(' ')} failed:\n${npm.stdout}\n${npm.stderr}`);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint);
}

function lockHash() {
  return createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
}

/** Number of files and the latest change below the folders: a build older than that is stale. */
function newestChange(folders, except) {
  let files = 0;
  let newest = 0;
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (except?.test(full)) continue;
      if (entry.isDirectory()) visit(full);
      else {
        files += 1;
        newest = Math.max(newest, statSync(full).mtimeMs);
      }
    }
  };
  folders.filter((folder) => existsSync(folder)).forEach(visit);
  return `${files} ${newest} ${lockHash()}`;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
