// `npm test`: sets itself up, runs every check and every test, and ends with one line of counts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { unpackCourier } from './unpack-courier.mjs';

/** Debian's packages that the tests run against: real servers and a real browser. */
const PACKAGES = {
  dovecot: { file: '/usr/sbin/dovecot', packages: ['dovecot-imapd', 'dovecot-pop3d'] },
  postfix: { file: '/usr/sbin/smtp-sink', packages: ['postfix'] },
  redis: { file: '/usr/bin/redis-server', packages: ['redis-server'] },
  chromium: { file: '/usr/bin/chromium', packages: ['chromium'] },
  openssl: { file: '/usr/bin/openssl', packages: ['openssl'] },
  'Chinese fonts': { file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', packages: ['fonts-noto-cjk'] },
};

let passed = 0;
let failed = 0;

process.chdir(new URL('..', import.meta.url).pathname);
requirePackages();
try {
  unpackCourier();
} catch (error) {
  // Its one spec fails and names the remedy; the others need not.
  console.error(error.message);
}
sh(process.execPath, ['apps/launcher/start.mjs', '--prepare-only']);
const { runChecks } = await import('./checks.mjs');
heading('checks');
for (const ok of runChecks()) count(ok ? 1 : 0, ok ? 0 : 1);
jest('unit and database tests', 'jest.config.mjs', ['--maxWorkers=2']);
jest('whole-system tests: e2e, fault, security, browser', 'test/jest.config.mjs', ['--runInBand']);

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function requirePackages() {
  const missing = Object.entries(PACKAGES).filter(([, { file }]) => !existsSync(file));
  if (missing.length === 0) return;
  const packages = missing.flatMap(([, entry]) => entry.packages);
  const command = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(`The tests need ${missing.map(([name]) => name).join(', ')}. As root, run: ${command}`);
    process.exit(1);
  }
  heading(`installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  sh('apt-get', ['update', '-qq'], env);
  sh('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env);
}

function jest(title, config, args) {
  heading(title);
  mkdirSync('.cache', { recursive: true });
  const report = `.cache/jest-${Date.now()}.json`;
  spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      'node_modules/jest/bin/jest.js',
      '--config',
      config,
      '--json',
      `--outputFile=${report}`,
      ...args,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (!existsSync(report)) return count(0, 1);
  const result = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  // A file that could not even be loaded has no failed test of its own.
  count(result.numPassedTests, result.numFailedTests + result.numRuntimeErrorTestSuites);
}

function heading(title) {
  console.log(`\n== ${title} ==`);
}

function count(good, bad) {
  passed += good;
  failed += bad;
}

function sh(program, args, env = process.env) {
  const result = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  if (result.status !== 0) {
    console.error(`${program} ${args.join(' ')} failed.`);
    console.log('\n0 passed, 1 failed');
    process.exit(1);
  }
}
