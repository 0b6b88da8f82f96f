import type { Logger, MigrationInterface } from 'typeorm';

/** Any number that nobody else uses: several processes that start at once migrate one after the other. */
const MIGRATION_LOCK = 7_241_970_001;

/** A migration that fails is told by the error alone; TypeORM would print it too, past the caller. */
const SILENT: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/**
 * Brings the schema up to date. TypeORM keeps the book of migrations (table `migrations`); the SQL is ours.
 * @param migrations classes, oldest first
 * @returns names of those that ran
 */
export async function migrateDatabase(url: string, migrations: Array<new () => MigrationInterface>): Promise<string[]> {
  // Only who migrates loads it: every other process starts the sooner.
  const { DataSource } = await import('typeorm');
  const source = new DataSource({ type: 'postgres', url, migrations, logging: false, logger: SILENT });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.connect();
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const ran = await source.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}
