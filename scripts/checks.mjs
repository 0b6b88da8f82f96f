// The checks that need no running server. Each is one command; `npm run check` runs them all and says which failed.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const node = (file, ...args) => [process.execPath, file, ...args];
const bin = (name, ...args) => node(`node_modules/${name}`, ...args);

export const CHECKS = [
  { name: 'format', command: bin('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.') },
  { name: 'lint', command: bin('eslint/bin/eslint.js', '.', '--max-warnings', '0') },
  { name: 'types', command: bin('typescript/bin/tsc', '--noEmit') },
  { name: 'types of the admin UI', command: bin('typescript/bin/tsc', '--noEmit', '-p', 'apps/admin') },
  {
    name: 'import rules',
    command: bin('dependency-cruiser/bin/dependency-cruise.mjs', 'apps', 'libs', '--config', '.dependency-cruiser.cjs'),
  },
  {
    name: 'dead code',
    command: bin(
      'knip/bin/knip.js',
      '--include',
      'files,dependencies,unlisted,unresolved,exports',
      '--no-config-hints',
    ),
  },
  { name: 'generated files', command: node('scripts/drift.mjs') },
];

/** Runs the checks and prints a line each; the output of a failed one follows it. */
export function runChecks() {
  return CHECKS.map(({ name, command: [program, ...args] }) => {
    const started = Date.now();
    const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const ok = result.status === 0;
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (!ok) console.log(`${result.stdout}${result.stderr}`.trim().split('\n').slice(-60).join('\n'));
    return ok;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exit(runChecks().every(Boolean) ? 0 : 1);
}
