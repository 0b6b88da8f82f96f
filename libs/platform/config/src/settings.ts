import { readFileSync } from 'node:fs';
import path from 'node:path';
import { settingsSchema } from './schema.js';
import type { SettingName, SettingsValues } from './schema.js';

/** Raised at start-up; its message is a table of everything that is missing or wrong. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/** The parsed settings of one process; also the injection token for them. */
export class Settings {
  constructor(readonly values: Readonly<SettingsValues>) {}

  get<N extends SettingName>(name: N): SettingsValues[N] {
    return this.values[name];
  }

  /** A path below the data folder. */
  dataPath(...parts: string[]): string {
    return path.resolve(this.values.DATA_DIR, ...parts);
  }
}

/**
 * Parses settings from environment variables.
 * @throws SettingsError naming every wrong or missing variable at once.
 */
export function parseSettings(env: NodeJS.ProcessEnv): Settings {
  const input: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of Object.keys(settingsSchema.shape)) {
    const file = env[`${name}_FILE`];
    if (file) {
      try {
        input[name] = readFileSync(file, 'utf8').trim();
      } catch (error) {
        problems.push(`  ${name}_FILE  cannot be read: ${(error as Error).message}`);
      }
    } else if (env[name] !== undefined && env[name] !== '') {
      input[name] = env[name];
    }
  }
  const parsed = settingsSchema.safeParse(input);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push(`  ${issue.path.join('.')}  ${issue.message}`);
  }
  if (problems.length > 0 || !parsed.success) {
    throw new SettingsError(`These settings are missing or wrong:\n${problems.join('\n')}\nSee .env.example for each.`);
  }
  return new Settings(parsed.data);
}

/**
 * The settings of this process; exits with the table of problems instead of a stack trace, since the reader is an
 * operator.
 */
export function loadSettings(): Settings {
  try {
    return parseSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(78); // EX_CONFIG of sysexits.h
  }
}
