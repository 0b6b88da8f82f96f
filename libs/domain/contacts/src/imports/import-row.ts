import { Locale, TimeZone } from '#contracts';
import { parseAddress } from '#engine/address';
import type { FieldRow } from '../field.repository.js';
import { parseFieldValue } from '../field-value.js';
import type { StoredValue } from '../field-value.js';
import { undoNeutralised } from './cell-text.js';
import type { Target } from './column-mapping.js';

/** A row that can be taken. null means an empty or absent cell, which never erases anything. */
export interface ImportRow {
  email: string;
  canonical: string;
  domain: string;
  international: boolean;
  name: string | null;
  locale: string | null;
  timezone: string | null;
  fields: Record<string, StoredValue>;
  tags: string[];
}
export interface RowProblem {
  code: string;
  message: string;
}
export type RowResult = { ok: true; row: ImportRow } | ({ ok: false } & RowProblem);

const NAME_MAX = 200;
const TAG_MAX = 60;
const TAGS_PER_ROW = 50;
/** Tags are a short vocabulary; a column with more of them is a mapping mistake. */
const TAGS_PER_FILE = 1_000;
const LOCALES = new Map<string, string>([
  ['zh', 'zh-CN'],
  ['zh_cn', 'zh-CN'],
  ['zh-hans', 'zh-CN'],
  ['cn', 'zh-CN'],
  ['中文', 'zh-CN'],
  ['简体中文', 'zh-CN'],
  ['chinese', 'zh-CN'],
  ['en-us', 'en'],
  ['en-gb', 'en'],
  ['英文', 'en'],
  ['英语', 'en'],
  ['english', 'en'],
  ...Locale.options.map((locale) => [locale.toLowerCase(), locale] as const),
]);
const CONTROL = /[\u0000-\u001f\u007f]/;

type Setter = (row: ImportRow, text: string) => RowProblem | null;

/** Reads the cells of one record into a row, by the mapping of its columns. One per import. */
export class RowParser {
  private readonly columns: Array<{ index: number; title: string; set: Setter }>;
  private readonly timeZones = new Map<string, boolean>();
  /** Every tag seen so far, for the list of tags. */
  readonly tags = new Set<string>();

  constructor(mapping: readonly Target[], header: readonly string[] | null, fields: readonly FieldRow[]) {
    const typeOf = new Map(fields.map((field) => [field.key, field]));
    this.columns = mapping.flatMap((target, index) => {
      // A field that was deleted after the upload takes its column along.
      if (target === null || (target.startsWith('field:') && !typeOf.has(target.slice('field:'.length)))) return [];
      const title = header?.[index]?.trim().slice(0, 60) || `column ${index + 1}`;
      return [{ index, title, set: this.setter(target, typeOf) }];
    });
  }

  parse(cells: readonly string[]): RowResult {
    const row: ImportRow = {
      email: '',
      canonical: '',
      domain: '',
      international: false,
      name: null,
      locale: null,
      timezone: null,
      fields: {},
      tags: [],
    };
    for (const { index, title, set } of this.columns) {
      const text = undoNeutralised((cells[index] ?? '').trim());
      const problem = text.includes('\uFFFD') ? damaged() : set(row, text);
      if (problem) return { ok: false, code: problem.code, message: `${title}: ${problem.message}` };
    }
    return { ok: true, row };
  }

  private setter(target: Exclude<Target, null>, fields: ReadonlyMap<string, FieldRow>): Setter {
    switch (target) {
      case 'email':
        return setEmail;
      case 'name':
        return setName;
      case 'locale':
        return setLocale;
      case 'timezone':
        return (row, text) => this.setTimeZone(row, text);
      case 'tags':
        return (row, text) => this.setTags(row, text);
      default: {
        const key = target.slice('field:'.length);
        const type = fields.get(key)?.type ?? 'text';
        return (row, text) => {
          const parsed = parseFieldValue(type, text);
          if (!parsed.ok) return parsed;
          if (parsed.value !== null) row.fields[key] = parsed.value;
          return null;
        };
      }
    }
  }

  private setTimeZone(row: ImportRow, text: string): RowProblem | null {
    if (text === '') return null;
    let known = this.timeZones.get(text);
    if (known === undefined) {
      known = TimeZone.safeParse(text).success;
      if (this.timeZones.size < 1_000) this.timeZones.set(text, known);
    }
    if (!known) return { code: 'TIMEZONE_INVALID', message: 'This is not an IANA time zone such as Asia/Shanghai.' };
    row.timezone = text;
    return null;
  }

  private setTags(row: ImportRow, text: string): RowProblem | null {
    if (text === '') return null;
    const names = new Set(text.split(/[,;|，；、\n]/).map((name) => name.trim()));
    names.delete('');
    for (const name of names) {
      if (name.length > TAG_MAX) return { code: 'TOO_LONG', message: `A tag is longer than ${TAG_MAX} characters.` };
      if (CONTROL.test(name)) return control();
    }
    if (names.size > TAGS_PER_ROW)
      return { code: 'TOO_MANY_TAGS', message: `More than ${TAGS_PER_ROW} tags in one row.` };
    const fresh = [...names].filter((name) => !this.tags.has(name));
    if (this.tags.size + fresh.length > TAGS_PER_FILE) {
      const message = `The file has more than ${TAGS_PER_FILE} different tags. Check the mapping of this column.`;
      return { code: 'TOO_MANY_TAGS', message };
    }
    for (const name of fresh) this.tags.add(name);
    row.tags = [...names];
    return null;
  }
}

function setEmail(row: ImportRow, text: string): RowProblem | null {
  const parsed = parseAddress(text);
  if (!parsed.ok) return parsed;
  row.email = parsed.value.address;
  row.canonical = parsed.value.canonical;
  row.domain = parsed.value.domain;
  row.international = parsed.value.international;
  return null;
}

function setName(row: ImportRow, text: string): RowProblem | null {
  if (text === '') return null;
  if (text.length > NAME_MAX) return { code: 'TOO_LONG', message: `The name is longer than ${NAME_MAX} characters.` };
  if (CONTROL.test(text)) return control();
  row.name = text.replace(/\p{Cs}/gu, '\uFFFD');
  return null;
}

function setLocale(row: ImportRow, text: string): RowProblem | null {
  if (text === '') return null;
  const locale = LOCALES.get(text.toLowerCase());
  if (!locale) return { code: 'LOCALE_INVALID', message: `Write one of ${Locale.options.join(', ')}.` };
  row.locale = locale;
  return null;
}

function control(): RowProblem {
  return { code: 'CONTROL_CHARACTER', message: 'There is a line break or another control character. Remove it.' };
}

function damaged(): RowProblem {
  return {
    code: 'ENCODING_INVALID',
    message:
      'There are bytes that mean nothing in the encoding of the file. Save it as UTF-8, or choose another encoding.',
  };
}
