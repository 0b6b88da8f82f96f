// Prints the schema that the migrations make, read from the catalog (the embedded Postgres has no pg_dump).
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres, migrateDatabase } from '#platform/database';
import { migrations } from '../migrations/index.js';

const NAME = 'hongyan_schema_dump';
const server = await EmbeddedPostgres.start(path.join(tmpdir(), 'hongyan-test-postgres'));
const admin = new pg.Client({ connectionString: server.url });
await admin.connect();
await admin.query(`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`);
await admin.query(`CREATE DATABASE ${NAME}`);
const url = server.url.replace(/\/hongyan$/, `/${NAME}`);
await migrateDatabase(url, migrations);
const client = new pg.Client({ connectionString: url });
await client.connect();
process.stdout.write(await dump(client));
await client.end();
await admin.query(`DROP DATABASE ${NAME}`);
await admin.end();

async function dump(db: pg.Client): Promise<string> {
  const columns = await db.query<{ table: string; columns: string[] }>(`
    SELECT c.relname AS table, array_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || CASE WHEN a.attidentity <> '' THEN ' GENERATED ALWAYS AS IDENTITY' ELSE '' END
      || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
      || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p') AND c.relname <> 'migrations' GROUP BY 1 ORDER BY 1`);
  const constraints = await db.query<{ line: string }>(`
    SELECT conrelid::regclass || ': ' || conname || ' ' || pg_get_constraintdef(oid) AS line FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c') AND conrelid::regclass::text <> 'migrations'
    ORDER BY 1`);
  const indexes = await db.query<{ line: string }>(`
    SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY indexname`);
  const functions = await db.query<{ line: string }>(`
    SELECT pg_get_functiondef(oid) AS line FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY proname`);
  const list = (title: string, rows: { line: string }[]) => `-- ${title}\n${rows.map((row) => row.line).join('\n')}\n`;
  return [
    '-- What the migrations make; generated, compared in the checks. Not meant to be run.\n',
    ...columns.rows.map(
      (row) => `TABLE ${row.table} (\n${row.columns.map((column) => `  ${column}`).join(',\n')}\n)\n`,
    ),
    list('constraints', constraints.rows),
    list('indexes', indexes.rows),
    list('functions', functions.rows),
  ].join('\n');
}
