import { SUPPRESSION_REASONS } from '#contracts';
import type { SuppressionReason } from '#contracts';
import { undoNeutralised } from '#domain/contacts';
import { parseEntry } from './parse-entry.js';
import type { SuppressRequest } from './suppress.js';

/** Headers of the column with the addresses, in files of ours and of others. */
const ADDRESS_HEADERS = new Set([
  'address',
  'email',
  'e-mail',
  'mail',
  'email address',
  '地址',
  '邮箱',
  '邮件地址',
  '电子邮件',
]);
/** Reasons a file may give: those that a person may. */
const REASONS = new Set<string>(
  SUPPRESSION_REASONS.filter((reason) => reason !== 'backed_off' && reason !== 'quarantined'),
);
/** A day, or a time as our own export writes it. */
const TIME = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,12}(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Where what stands in a line; -1 where the file has no such column. */
export interface Columns {
  address: number;
  reason: number;
  note: number;
  detail: number;
  expires: number;
}

/** @returns null when the line is no header: then the first cell that looks like an address is the column */
export function columnsOf(cells: readonly string[]): Columns | null {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const address = names.findIndex((name) => ADDRESS_HEADERS.has(name));
  const at = (name: string) => names.indexOf(name);
  if (address < 0) return null;
  return { address, reason: at('reason'), note: at('note'), detail: at('detail'), expires: at('expires') };
}

/** The columns of a file without a header. */
export function columnsWithout(cells: readonly string[]): Columns {
  const address = cells.findIndex((cell) => cell.includes('@'));
  return { address: Math.max(0, address), reason: -1, note: -1, detail: -1, expires: -1 };
}

export type LineResult =
  { ok: true; request: SuppressRequest } | { ok: false; value: string; code: string; message: string };

/** What a line asks for. One whose time is over is refused: without its end it would hold for good. */
export function readLine(cells: readonly string[], columns: Columns, note: string): LineResult {
  const value = undoNeutralised(cells[columns.address] ?? '');
  const entry = parseEntry(value);
  if (!entry.ok) return { ...entry, value };
  const until = (cells[columns.expires] ?? '').trim();
  const expiresAt = until === '' ? null : new Date(TIME.test(until) ? until : NaN);
  if (expiresAt && Number.isNaN(expiresAt.getTime())) {
    return { ok: false, value: until, code: 'NOT_A_DATE', message: 'This is not a date. Write it as 2026-05-06.' };
  }
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    return { ok: false, value: until, code: 'IN_THE_PAST', message: 'This time is over. Choose a later one, or none.' };
  }
  const reason = cells[columns.reason] ?? '';
  return {
    ok: true,
    request: {
      canonical: entry.canonical,
      reason: REASONS.has(reason) ? (reason as SuppressionReason) : 'manual',
      note: undoNeutralised(cells[columns.note] ?? '') || note,
      detail: undoNeutralised(cells[columns.detail] ?? ''),
      expiresAt,
    },
  };
}
