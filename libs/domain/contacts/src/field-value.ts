import type { FieldType } from '#contracts';

/** What a custom field holds: text, a finite number, a truth value, or a date as `YYYY-MM-DD`. Absent means empty. */
export type StoredValue = string | number | boolean;
export type FieldValueResult =
  | { ok: true; value: StoredValue | null }
  | {
      ok: false;
      code: 'NOT_A_NUMBER' | 'NOT_A_BOOLEAN' | 'NOT_A_DATE' | 'CONTROL_CHARACTER' | 'TOO_LONG';
      message: string;
    };

export const TEXT_MAX = 2000;
const TRUE = new Set(['true', '1', 'yes', 'y', 't', 'on', '是', '对', '真', '√', '✓']);
const FALSE = new Set(['false', '0', 'no', 'n', 'f', 'off', '否', '错', '假', '×', '✗']);
/** Plain decimals, with or without separators of thousands; no exponents, no hexadecimal. */
const NUMBER = /^[+-]?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,15})?$/;
/** 2024-05-06, 2024/5/6, 2024.5.6, 2024年5月6日, 20240506; a time of day behind it is left out. */
const DATE =
  /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))(?:[T ].{0,40})?$/;

/**
 * Reads a value for a field of the given type, from JSON or from a cell of a file.
 * The empty string and null mean *no value*. Text that says a number, a truth value or a date in one of the usual zh or
 * en ways is taken as such.
 */
export function parseFieldValue(type: FieldType, input: string | number | boolean | null): FieldValueResult {
  if (input === null) return { ok: true, value: null };
  const text = String(input).trim();
  if (text === '') return { ok: true, value: null };
  switch (type) {
    case 'text':
      return parseText(text);
    case 'number':
      return typeof input === 'boolean' ? notANumber() : parseNumber(input, text);
    case 'boolean':
      return parseBoolean(text);
    case 'date':
      return typeof input === 'boolean' ? notADate() : parseDate(text);
  }
}

function parseText(text: string): FieldValueResult {
  if (text.length > TEXT_MAX) {
    return { ok: false, code: 'TOO_LONG', message: `The text is longer than ${TEXT_MAX} characters. Shorten it.` };
  }
  // Postgres stores no NUL, and the other marks of a damaged file are never meant; line breaks and tabs are.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) {
    return { ok: false, code: 'CONTROL_CHARACTER', message: 'The text contains a control character. Remove it.' };
  }
  // Half a surrogate pair is no character, and jsonb refuses it.
  return { ok: true, value: text.replace(/\p{Cs}/gu, '\uFFFD') };
}

function parseNumber(input: string | number | boolean, text: string): FieldValueResult {
  const value = typeof input === 'number' ? input : NUMBER.test(text) ? Number(text.replaceAll(',', '')) : NaN;
  return Number.isFinite(value) ? { ok: true, value } : notANumber();
}

function parseBoolean(text: string): FieldValueResult {
  const word = text.toLowerCase();
  if (TRUE.has(word)) return { ok: true, value: true };
  if (FALSE.has(word)) return { ok: true, value: false };
  return { ok: false, code: 'NOT_A_BOOLEAN', message: 'This is neither yes nor no. Write true or false, 是 or 否.' };
}

function parseDate(text: string): FieldValueResult {
  const match = text.length <= 60 ? DATE.exec(text) : null;
  if (!match) return notADate();
  const [year, month, day] = match
    .slice(1)
    .filter((part) => part !== undefined)
    .map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return notADate();
  return { ok: true, value: `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}` };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function notANumber(): FieldValueResult {
  return { ok: false, code: 'NOT_A_NUMBER', message: 'This is not a number. Write it as 1234.5.' };
}

function notADate(): FieldValueResult {
  return { ok: false, code: 'NOT_A_DATE', message: 'This is not a date. Write it as YYYY-MM-DD.' };
}
