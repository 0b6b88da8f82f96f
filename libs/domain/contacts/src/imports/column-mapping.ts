import type { z } from 'zod';
import type { ImportTarget } from '#contracts';
import { parseAddress } from '#engine/address';
import type { FieldRow } from '../field.repository.js';
import { COLUMN_SYNONYMS, FIELD_SYNONYMS, foldHeader } from './column-synonyms.js';

export type Target = z.infer<typeof ImportTarget>;

/** True when the first row names the columns: it has text and none of it is an address. */
export function looksLikeHeader(first: readonly string[] | undefined): boolean {
  return first !== undefined && first.some((cell) => cell.trim() !== '') && !first.some(isAddress);
}

/**
 * Where each column goes: by the header's synonyms in zh and en, by the key or label of a custom field, and, when no
 * header says *address*, to `email` the column that holds most addresses. A target is given once; the rest is null.
 * @param rows some records without the header
 */
export function guessMapping(
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  fields: readonly Pick<FieldRow, 'key' | 'label'>[],
): Target[] {
  const width = Math.max(header?.length ?? 0, ...rows.map((row) => row.length), 0);
  const mapping: Target[] = Array.from({ length: width }, () => null);
  const taken = new Set<Target>();
  header?.forEach((cell, column) => {
    const target = targetOf(foldHeader(cell), fields, taken);
    if (target === null) return;
    taken.add(target);
    mapping[column] = target;
  });
  if (!taken.has('email')) {
    const column = columnOfAddresses(rows, width);
    if (column !== null) mapping[column] = 'email';
  }
  return mapping;
}

function targetOf(
  header: string,
  fields: readonly Pick<FieldRow, 'key' | 'label'>[],
  taken: ReadonlySet<Target>,
): Target {
  if (header === '') return null;
  const free = (target: Target) => (taken.has(target) ? null : target);
  for (const [target, synonyms] of Object.entries(COLUMN_SYNONYMS)) {
    if (synonyms.includes(header) && free(target as Target)) return target as Target;
  }
  for (const { key, label } of fields) {
    if ((foldHeader(key) === header || foldHeader(label) === header) && free(`field:${key}`)) return `field:${key}`;
  }
  const keys = new Set(fields.map((field) => field.key));
  for (const [key, synonyms] of FIELD_SYNONYMS) {
    if (keys.has(key) && synonyms.includes(header) && free(`field:${key}`)) return `field:${key}`;
  }
  return null;
}

function columnOfAddresses(rows: readonly (readonly string[])[], width: number): number | null {
  let best: { column: number; hits: number } | null = null;
  for (let column = 0; column < width; column++) {
    const hits = rows.slice(0, 20).filter((row) => isAddress(row[column] ?? '')).length;
    if (hits > (best?.hits ?? 0)) best = { column, hits };
  }
  return best?.column ?? null;
}

function isAddress(cell: string): boolean {
  return cell.includes('@') && parseAddress(cell).ok;
}
