import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { Database } from '#platform/database';

/** A database of one test file, cloned from the migrated template that jest's global set-up made. */
export interface TestDatabase {
  db: Database;
  url: string;
  /** Closes the pool and drops the database; fails when a test left a connection open elsewhere. */
  drop(): Promise<void>;
}

/** Clones the template database; call it in `beforeAll` and `drop()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = process.env.TEST_DATABASE_URL;
  if (!template) throw new Error('TEST_DATABASE_URL is not set: run tests through npm test or npm run jest.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(template, `CREATE DATABASE ${name} TEMPLATE hongyan_template`);
  const url = template.replace(/\/[^/]*$/, `/${name}`);
  const db = new Database({ url, poolSize: 10, applicationName: 'test' });
  return {
    db,
    url,
    async drop() {
      await db.close();
      await asAdmin(template, `DROP DATABASE ${name}`);
    },
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
