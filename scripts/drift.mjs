// Everything generated or stated is compared with what it comes from: openapi.json, the client's types, schema.sql,
// .env.example, the paths named in ARCHITECTURE.md, the version floors. `--write` brings the files up to date.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const write = process.argv.includes('--write');
const problems = [];

compare('.env.example', run('dist/scripts/env-example.js'));
compare('openapi.json', run('dist/scripts/openapi.js'));
compare('apps/admin/src/api/schema.d.ts', run('node_modules/openapi-typescript/bin/cli.js', 'openapi.json'));
compare('migrations/schema.sql', run('dist/scripts/schema.js'));
checkPaths('ARCHITECTURE.md');
checkFloors();

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}

function run(script, ...args) {
  const result = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.status !== 0) {
    problems.push(`${script} failed: ${result.stderr.trim().split('\n').slice(-5).join(' ')}`);
    return null;
  }
  return result.stdout;
}

function compare(file, wanted) {
  if (wanted === null) return;
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (present === wanted) return;
  if (write) writeFileSync(file, wanted);
  else problems.push(`${file} is not up to date: run npm run generate and commit it.`);
}

/** Every path in back quotes must exist: a map that names what is gone misleads. */
function checkPaths(file) {
  for (const [, path] of readFileSync(file, 'utf8').matchAll(
    /`((?:apps|libs|migrations|test|scripts|docs)\/[\w./-]+)`/g,
  )) {
    if (!existsSync(path)) problems.push(`${file} names ${path}, which does not exist.`);
  }
}

/** No dependency, direct or not, below the lowest version without a known advisory. */
function checkFloors() {
  const floors = JSON.parse(readFileSync('security/floors.json', 'utf8'));
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  for (const [path, { version }] of Object.entries(lock.packages)) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const floor = floors[name];
    if (path && floor && older(version, floor))
      problems.push(`${path} is ${version}, below the floor ${floor} of security/floors.json.`);
  }
}

function older(version, floor) {
  const [a, b] = [version, floor].map((text) => text.split('-')[0].split('.').map(Number));
  for (let i = 0; i < 3; i += 1) if (a[i] !== b[i]) return a[i] < b[i];
  return false;
}
