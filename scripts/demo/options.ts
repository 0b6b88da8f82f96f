import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm run demo -- …` says. */
export interface DemoOptions {
  /** Origin of the running instance, without a slash at the end. */
  url: string;
  dataDir: string;
  contacts: number;
  /** How long the whole send and what comes back may take. */
  timeoutMs: number;
}

/** Something the person at the terminal can put right; the message says how. */
export class DemoError extends Error {}

const USAGE = 'npm run demo -- [--contacts 10000] [--url http://localhost:3000] [--data .data] [--timeout 15]';

/** @throws DemoError for an unknown option or a number out of range */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): DemoOptions {
  const values = parse(args);
  const dataDir = path.resolve(values.data ?? env.DATA_DIR ?? '.data');
  return {
    url: instanceUrl(values.url ?? env.PUBLIC_URL, dataDir),
    dataDir,
    contacts: whole('--contacts', values.contacts ?? '10000', 100, 200_000),
    timeoutMs: whole('--timeout (minutes)', values.timeout ?? '15', 1, 600) * 60_000,
  };
}

/** @throws DemoError for what is no address */
export function instanceUrl(url: string | undefined, dataDir: string): string {
  const found = url ?? runningOver(dataDir) ?? 'http://localhost:3000';
  if (!URL.canParse(found))
    throw new DemoError(`--url must be an address such as http://localhost:3000, not "${found}".`);
  return new URL(found).origin;
}

/** The address that the supervisor left in its data folder. */
function runningOver(dataDir: string): string | undefined {
  const file = path.join(dataDir, 'instance-url');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args, options: { url: text, data: text, contacts: text, timeout: text } }).values;
  } catch (error) {
    throw new DemoError(`${(error as Error).message}\nUsage: ${USAGE}`);
  }
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new DemoError(`${name} must be a whole number from ${min} to ${max}, not "${text}".\nUsage: ${USAGE}`);
  }
  return value;
}
