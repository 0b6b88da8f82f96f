import { createTestDatabase, startScriptedServer } from '#platform/testing';
import type { TestDatabase } from '#platform/testing';
import { Database, isConnectionFailure } from './index.js';

let test: TestDatabase;
beforeAll(async () => (test = await createTestDatabase()));
afterAll(() => test.drop());

const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => new Error('it worked'),
    (error: unknown) => error,
  );

/** What a statement fails with over a server that speaks these bytes after the client's greeting, and hangs up. */
async function overServer(bytes: string): Promise<unknown> {
  const server = await startScriptedServer(async (peer) => {
    await peer.until('\0\0');
    peer.say(bytes);
    peer.end();
  });
  const url = `postgres://someone@127.0.0.1:${server.port}/any`;
  const db = new Database({ url, poolSize: 1, applicationName: 'test' });
  const error = await errorOf(db.run('SELECT 1'));
  await db.close();
  await server.close();
  return error;
}

/** ErrorResponse of the Postgres protocol (section 54.7). */
function refusal(sqlstate: string, message: string): string {
  const fields = `SFATAL\0C${sqlstate}\0M${message}\0\0`;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(fields.length + 4);
  return `E${length.toString('latin1')}${fields}`;
}

describe('isConnectionFailure', () => {
  it('knows a Postgres that is away: refused, starting up, full, hanging up, ending our connection', async () => {
    const gone = await startScriptedServer(() => undefined);
    await gone.close();
    const nowhere = new Database({
      url: `postgres://someone@127.0.0.1:${gone.port}/any`,
      poolSize: 1,
      applicationName: 'test',
    });
    const errors = [
      await errorOf(nowhere.run('SELECT 1')),
      await overServer(refusal('57P03', 'the database system is starting up')),
      await overServer(refusal('53300', 'sorry, too many clients already')),
      await overServer(''),
      await errorOf(test.db.run('SELECT pg_terminate_backend(pg_backend_pid())')),
    ];
    await nowhere.close();
    expect(errors.map((error) => [(error as Error).message, isConnectionFailure(error)])).toEqual(
      errors.map((error) => [(error as Error).message, true]),
    );
    expect(errors.map((error) => (error as { code?: string }).code)).toEqual([
      'ECONNREFUSED',
      '57P03',
      '53300',
      undefined,
      '57P01',
    ]);
  });

  it('is not taken in by what is wrong with a statement, or by other errors', async () => {
    for (const wrong of ['SELECT nothing', 'SELECT 1/0', 'SELEKT']) {
      expect(isConnectionFailure(await errorOf(test.db.run(wrong)))).toBe(false);
    }
    expect([new Error('other'), 'ECONNREFUSED', undefined].map(isConnectionFailure)).toEqual([false, false, false]);
  });
});
