import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres, migrateDatabase } from '../../dist/libs/platform/database/src/index.js';
import { migrations } from '../../dist/migrations/index.js';

/**
 * jest's global set-up: one embedded Postgres for all test files, with a freshly migrated template database that
 * createTestDatabase() clones. It is left running between runs and adopted by the next one.
 */
export default async function startPostgresForTests() {
  const server = await EmbeddedPostgres.start(path.join(tmpdir(), 'hongyan-test-postgres'));
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  try {
    const { rows } = await admin.query(
      "SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%' AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = pg_database.datname)",
    );
    for (const { datname } of rows) await admin.query(`DROP DATABASE IF EXISTS ${datname}`);
    // Two runs that start at once: the second finds the template the first has made.
    await admin.query('SELECT pg_advisory_lock(7241970002)');
    // The text counts too: before the first release a migration may still change under its name.
    const text = migrations.map((migration) => `${new migration().name} ${String(migration)}`).join('\n');
    const names = createHash('sha256').update(text).digest('hex');
    const mark = await admin.query(
      "SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = 'hongyan_template'",
    );
    if (mark.rows[0]?.mark !== names) await rebuildTemplate(admin, server.url, names);
  } finally {
    await admin.end();
  }
  process.env.TEST_DATABASE_URL = server.url;
}

async function rebuildTemplate(admin, url, mark) {
  await admin.query('DROP DATABASE IF EXISTS hongyan_template WITH (FORCE)');
  await admin.query('CREATE DATABASE hongyan_template');
  await migrateDatabase(url.replace(/\/hongyan$/, '/hongyan_template'), migrations);
  await admin.query(`COMMENT ON DATABASE hongyan_template IS '${mark}'`);
}
