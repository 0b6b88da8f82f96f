// Brings the database named by DATABASE_URL up to date and ends: what runs before every process where there is no
// launcher. Safe to run again and at the same time; an advisory lock makes them take turns.
import { loadSettings } from '#platform/config';
import { migrateDatabase } from '#platform/database';
import { migrations } from '../migrations/index.js';

try {
  const ran = await migrateDatabase(loadSettings().get('DATABASE_URL'), migrations);
  process.stdout.write(ran.length > 0 ? `Migrated: ${ran.join(', ')}\n` : 'The database is up to date.\n');
} catch (error) {
  process.stderr.write(`The database could not be migrated: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
