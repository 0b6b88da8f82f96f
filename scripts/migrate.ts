// Brings the database named by DATABASE_URL up to date and ends: what runs before every process where there is no
// launcher. Safe to run again and at the same time; an advisory lock makes them take turns. It also makes sure that
// MASTER_KEY is the one the database was used with; `--new-master-key` goes on without the old one.
import { loadSettings } from '#platform/config';
import { migrateDatabase } from '#platform/database';
import { settleKey } from '../apps/launcher/src/key-check.js';
import { migrations } from '../migrations/index.js';

try {
  const settings = loadSettings();
  const url = settings.get('DATABASE_URL');
  const ran = await migrateDatabase(url, migrations);
  process.stdout.write(ran.length > 0 ? `Migrated: ${ran.join(', ')}\n` : 'The database is up to date.\n');
  // Without it each process reads a file of its own machine, which this one can't answer for.
  const notice = settings.get('MASTER_KEY')
    ? await settleKey(settings, url, process.argv.includes('--new-master-key'))
    : null;
  if (notice) process.stdout.write(`${notice}\n`);
} catch (error) {
  process.stderr.write(`The database could not be made ready: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
