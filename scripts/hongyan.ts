// `npm run hongyan -- COMMAND`: what an operator does on the machine, beside the running product.
import { parseArgs } from 'node:util';
import { PasswordResetsService } from '#domain/workspaces';
import { parseSettings } from '#platform/config';
import type { Settings } from '#platform/config';
import { Database, EmbeddedPostgres } from '#platform/database';
import { resetUrl } from '../apps/api/src/accounts/reset-letter.js';
import { instanceUrl } from './demo/options.js';

/** Something the person at the terminal can put right; the message says how. */
class CommandError extends Error {}

const USAGE = `npm run hongyan -- user:reset-password ADDRESS   prints a link by which this person sets a new password
Options: --data DIR (default: DATA_DIR or .data), --url URL (default: PUBLIC_URL or the running instance)`;

interface Surroundings {
  db: Database;
  publicUrl: string;
}
const COMMANDS: Record<string, (args: string[], surroundings: Surroundings) => Promise<void>> = {
  'user:reset-password': resetPassword,
};

try {
  await run();
} catch (error) {
  const { message, stack, name } = error as Error;
  const known = error instanceof CommandError || name === 'EmbeddedPostgresError' || name === 'SettingsError';
  process.stderr.write(`${known ? message : (stack ?? message)}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { command, args, settings, publicUrl } = readArguments();
  const db = new Database({ url: settings.get('DATABASE_URL'), poolSize: 2, applicationName: 'hongyan operator' });
  try {
    await command(args, { db, publicUrl });
  } finally {
    await db.close();
  }
}

/** A link, not a password: nobody but the person themselves ever knows what they choose. */
async function resetPassword([address, ...more]: string[], { db, publicUrl }: Surroundings): Promise<void> {
  if (!address || more.length > 0) throw new CommandError(`Say whose password: one address.\n${USAGE}`);
  const made = await new PasswordResetsService(db).makeToken(address);
  if (!made) throw new CommandError(`Nobody signs in as ${address}.`);
  process.stdout.write(`Works once, for ${made.minutes} minutes:\n${resetUrl(publicUrl, made.token)}\n`);
}

function readArguments() {
  const { name, args, values } = parse();
  const command = COMMANDS[name];
  if (!command) throw new CommandError(name ? `There is no command ${name}.\n${USAGE}` : USAGE);
  const env: NodeJS.ProcessEnv = { ...process.env, ...(values.data ? { DATA_DIR: values.data } : {}) };
  const embedded = !env.DATABASE_URL && !env.DATABASE_URL_FILE;
  const dataDir = env.DATA_DIR ?? '.data';
  const settings: Settings = parseSettings(embedded ? { ...env, DATABASE_URL: EmbeddedPostgres.urlOf(dataDir) } : env);
  return { command, args, settings, publicUrl: instanceUrl(values.url ?? env.PUBLIC_URL, dataDir) };
}

function parse() {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({ options: { data: text, url: text }, allowPositionals: true });
    const [name = '', ...args] = positionals;
    return { name, args, values };
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n${USAGE}`);
  }
}
