import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedPostgres, EmbeddedPostgresError } from './index.js';

let dataDir: string;
let cluster: string;
let accessFile: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'hongyan-test-'));
  chmodSync(dataDir, 0o755);
  cluster = path.join(dataDir, 'postgres');
  accessFile = path.join(dataDir, 'postgres.json');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** A folder that Postgres would take for its own, with nothing it could start from. */
function makeHollowCluster(): void {
  mkdirSync(cluster, { mode: 0o700 });
  writeFileSync(path.join(cluster, 'PG_VERSION'), '18\n');
  writeFileSync(path.join(cluster, 'server.log'), 'LOG:  checkpoint starting: of an earlier run\n');
  if (process.getuid?.() !== 0) return;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  for (const file of ['.', 'PG_VERSION', 'server.log']) chownSync(path.join(cluster, file), id('-u'), id('-g'));
}

async function refusal(): Promise<string> {
  const error: unknown = await EmbeddedPostgres.start(dataDir).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(EmbeddedPostgresError);
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
}

describe('the embedded Postgres', () => {
  it.each(['{}', '{"port":"x","password":"y"}', '{"port":5432,"password":""}', 'null'])(
    'says of postgres.json with %s that port and password are missing',
    async (text) => {
      makeHollowCluster();
      writeFileSync(accessFile, text);
      expect(await refusal()).toBe(
        `${accessFile} does not hold the port and the password of the database. ` +
          'Restore this file from a backup of the data folder, or start with another folder (--data DIR).',
      );
    },
  );

  it('says that the folder of the database is missing, and how to begin anew', async () => {
    writeFileSync(accessFile, '{"port":5432,"password":"y"}');
    expect(await refusal()).toBe(
      `${accessFile} is there but the database in ${cluster} is missing. Restore that folder from a backup, ` +
        `or, to begin with an empty database, delete ${accessFile} and start again.`,
    );
  });

  it('says whose the folder is when it belongs to somebody else, and changes nothing', async () => {
    // Root owns it, who never runs Postgres; an ordinary user does not either.
    symlinkSync('/usr', cluster);
    writeFileSync(accessFile, '{"port":5432,"password":"y"}');
    const said = await refusal();
    expect(said).toContain(`The database in ${cluster} belongs to root, but a start by `);
    expect(said).toContain('Start Hongyan as root, or give the folder over first: chown -R ');
    expect(said).not.toContain('backup');
  });

  it('quotes of the log what this start wrote, not what an earlier one left', async () => {
    makeHollowCluster();
    writeFileSync(accessFile, '{"port":59999,"password":"y"}');
    const said = await refusal();
    expect(said).toContain('could not access the server configuration file');
    expect(said).toContain(`Its log is ${path.join(cluster, 'server.log')}.`);
    expect(said).not.toContain('checkpoint starting');
    expect(said).not.toContain('backup');
  });
});
