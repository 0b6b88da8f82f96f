import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** A reason an operator can act on; the message names the remedy. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}

/** What is kept beside the cluster so that a later start finds it: port and password. */
export type Access = z.infer<typeof accessSchema>;
const accessSchema = z.object({ port: z.number().int().min(1).max(65_535), password: z.string().min(1) });

/** Renamed into place: a kill in the middle leaves no half file. */
export async function saveAccess(accessFile: string, access: Access): Promise<void> {
  await writeFile(`${accessFile}.new`, JSON.stringify(access), { mode: 0o600 });
  await rename(`${accessFile}.new`, accessFile);
}

/** @throws EmbeddedPostgresError when the file can't be read or does not hold port and password */
export function readAccess(accessFile: string): Access {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(accessFile, 'utf8'));
  } catch (error) {
    throw unusable(accessFile, `can't be read (${(error as Error).message})`);
  }
  const parsed = accessSchema.safeParse(value);
  if (!parsed.success) throw unusable(accessFile, 'does not hold the port and the password of the database');
  return parsed.data;
}

function unusable(accessFile: string, what: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `${accessFile} ${what}. Restore this file from a backup of the data folder, or start with another folder (--data DIR).`,
  );
}
